"use client";
import { Dialog } from "@mgs/ui/dialog";
import { type ReactNode, useState } from "react";
import { useTranslations } from "../intl";

type ImagePreviewProps = {
  name: string;
  /** Address of the whole image. */
  src: string;
  children: ReactNode;
};

/** A small picture that opens the whole one above the page. */
export function ImagePreview({ name, src, children }: ImagePreviewProps) {
  const t = useTranslations("documents");
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-label={t("preview", { name })}
        onClick={() => setOpen(true)}
        className="shrink-0 cursor-zoom-in rounded-lg"
      >
        {children}
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={name} closeLabel={t("close")}>
        <img src={src} alt={name} className="mx-auto max-h-[70vh] w-auto max-w-full rounded-lg object-contain" />
      </Dialog>
    </>
  );
}
