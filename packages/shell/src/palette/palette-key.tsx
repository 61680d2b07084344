"use client";
import { Search } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslations } from "../intl";

const Palette = lazy(() => import("./palette").then(({ Palette: loaded }) => ({ default: loaded })));

/** The button of the command palette, and its key: Ctrl-K, or Command-K. The palette itself is loaded when it is opened first. */
export function PaletteKey() {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setOpen((before) => !before);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-label={t("palette.title")}
        aria-keyshortcuts="Control+K Meta+K"
        title={`${t("palette.title")} (Ctrl K)`}
        onClick={() => setOpen(true)}
        className="inline-flex size-control items-center justify-center rounded-lg text-muted hover:bg-subtle hover:text-ink"
      >
        <Search aria-hidden className="size-5" />
      </button>
      <Suspense>{open ? <Palette onClose={() => setOpen(false)} /> : null}</Suspense>
    </>
  );
}
