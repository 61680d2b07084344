"use client";
import { Popover } from "@mgs/ui/popover";
import { useId, useState } from "react";
import { useTranslations } from "../intl";

/** How many have read a message; pressed, it says who. */
export function ReadBy({ names }: { names: readonly string[] }) {
  const t = useTranslations("messages");
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      labelledBy={id}
      className="max-h-64 max-w-64 overflow-y-auto"
      button={(button) => (
        <button {...button} id={id} type="button" className="rounded hover:text-ink hover:underline">
          {t("readBy", { count: names.length })}
        </button>
      )}
    >
      <ul className="grid gap-1 p-3 text-sm">
        {names.map((name) => (
          <li key={name} className="break-words">
            {name}
          </li>
        ))}
      </ul>
    </Popover>
  );
}
