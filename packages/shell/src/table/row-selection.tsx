"use client";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "../intl";

const ROW_CHECK = "input[data-row-check]";

/** The box that chooses all rows of the page, and how many are chosen. It stands in the form of the rows. */
export function RowSelection() {
  const t = useTranslations("lists");
  const box = useRef<HTMLInputElement>(null);
  const [{ chosen, all }, setCounts] = useState({ chosen: 0, all: 0 });

  useEffect(() => {
    const form = box.current?.form;
    if (!form) return;
    const count = () => {
      const checks = [...form.querySelectorAll<HTMLInputElement>(ROW_CHECK)];
      setCounts({ chosen: checks.filter(({ checked }) => checked).length, all: checks.length });
    };
    // After the form has gone back to its first values, and after the script that chooses several rows at once.
    const countLater = () => queueMicrotask(count);
    form.addEventListener("change", countLater);
    form.addEventListener("reset", countLater);
    count();
    return () => {
      form.removeEventListener("change", countLater);
      form.removeEventListener("reset", countLater);
    };
  }, []);

  useEffect(() => {
    if (!box.current) return;
    box.current.checked = chosen > 0 && chosen === all;
    box.current.indeterminate = chosen > 0 && chosen < all;
  }, [chosen, all]);

  function chooseAll(checked: boolean) {
    for (const check of box.current?.form?.querySelectorAll<HTMLInputElement>(ROW_CHECK) ?? []) check.checked = checked;
  }

  return (
    <div className="flex min-h-11 items-center justify-between gap-4 border-line border-b px-4 sm:px-6">
      <label className="flex min-h-11 items-center gap-2.5">
        <input
          ref={box}
          type="checkbox"
          onChange={({ currentTarget }) => chooseAll(currentTarget.checked)}
          className="size-4 accent-accent"
        />
        {t("selectAll")}
      </label>
      <p role="status" className="text-muted tabular-nums">
        {chosen === 0 ? "" : t("chosen", { count: chosen })}
      </p>
    </div>
  );
}
