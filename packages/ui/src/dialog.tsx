"use client";
import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffectEvent, useId, useLayoutEffect, useRef } from "react";
import { Button } from "./button";
import { cn } from "./cn";

type DialogProps = {
  open: boolean;
  /** The dialog calls this at Escape, at its close button, and at a press beside it. */
  onClose: () => void;
  title: string;
  closeLabel: string;
  /** `dialog` floats in the middle; `sheet` rises from the bottom edge (phones). */
  shape?: "dialog" | "sheet";
  footer?: ReactNode;
  /** Returns the element that gets the focus after closing; by default the one that had it before. */
  returnFocus?: () => HTMLElement | null;
  children: ReactNode;
};

/** A modal with a title and a close button. It is the browser's own dialog, which makes the page behind it inert. */
export function Dialog({ open, ...props }: DialogProps) {
  return open ? <Modal {...props} /> : null;
}

function Modal(props: Omit<DialogProps, "open">) {
  const { onClose, title, closeLabel, shape = "dialog", footer, returnFocus, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const focusAfterwards = useEffectEvent((before: HTMLElement | null) =>
    (returnFocus ? returnFocus() : before)?.focus(),
  );
  useLayoutEffect(() => {
    const before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const modal = dialog.current;
    if (modal && !modal.open) modal.showModal();
    return () => {
      modal?.close();
      focusAfterwards(before);
    };
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  }
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // The content covers the dialog, so that a click on the element itself is a click beside it. The second click of the double
      // click that has opened the dialog hits it as well, and is ignored.
      onMouseDown={({ target, currentTarget, detail }) => target === currentTarget && detail < 2 && onClose()}
      className={cn(
        "fixed m-0 h-fit max-h-[85dvh] whitespace-normal bg-raised text-start font-normal text-ink text-sm shadow-float outline-none backdrop:animate-fade-in backdrop:bg-black/45",
        shape === "dialog" &&
          "inset-x-4 top-1/2 mx-auto w-auto max-w-md -translate-y-1/2 animate-fade-in rounded-xl border border-line",
        shape === "sheet" &&
          "inset-x-0 top-auto bottom-0 w-full max-w-none animate-fade-in rounded-t-2xl border-line border-t",
      )}
    >
      <div className="flex max-h-[calc(85dvh-2px)] flex-col">
        <div className="flex items-start gap-4 px-4 pt-4 sm:px-6 sm:pt-6">
          <h2 id={titleId} className="min-w-0 flex-1 font-semibold text-title">
            {title}
          </h2>
          <Button variant="ghost" size="icon" aria-label={closeLabel} onClick={onClose}>
            <X aria-hidden />
          </Button>
        </div>
        <div className="overflow-y-auto px-4 py-4 sm:px-6">{children}</div>
        {footer ? (
          <div className="flex flex-wrap justify-end gap-2 border-line border-t p-4 sm:px-6">{footer}</div>
        ) : null}
      </div>
    </dialog>
  );
}
