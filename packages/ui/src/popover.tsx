"use client";
import { type ReactNode, type RefObject, useId, useLayoutEffect, useRef } from "react";
import { cn } from "./cn";
import { useDismissal, useFloating } from "./floating";

const PLACEMENT = { align: "end", side: "below", gapPx: 8 } as const;
const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), [tabindex="0"]';

/** The attributes of the button that opens a popover. */
type PopoverButton = {
  ref: RefObject<HTMLButtonElement | null>;
  "aria-haspopup": "dialog";
  "aria-expanded": boolean;
  "aria-controls": string | undefined;
  onClick: () => void;
};

type PopoverProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  button: (props: PopoverButton) => ReactNode;
  labelledBy: string;
  className?: string;
  children: ReactNode;
};

/** A panel at the end edge of its button. It is not modal: the page beside it stays readable, and Tab leads into the panel. */
export function Popover({ open, onOpenChange, button, labelledBy, className, children }: PopoverProps) {
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  return (
    <>
      {button({
        ref: anchor,
        "aria-haspopup": "dialog",
        "aria-expanded": open,
        "aria-controls": open ? id : undefined,
        onClick: () => onOpenChange(!open),
      })}
      {open ? (
        <Panel {...{ id, anchor, labelledBy, className }} onDismiss={() => onOpenChange(false)}>
          {children}
        </Panel>
      ) : null}
    </>
  );
}

type PanelProps = {
  id: string;
  anchor: RefObject<HTMLButtonElement | null>;
  labelledBy: string;
  className: string | undefined;
  onDismiss: () => void;
  children: ReactNode;
};

function Panel({ id, anchor, labelledBy, className, onDismiss, children }: PanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  useFloating(anchor, panel, PLACEMENT);
  useDismissal(anchor, panel, onDismiss);
  useLayoutEffect(() => {
    const first = panel.current?.querySelector<HTMLElement>(FOCUSABLE) ?? panel.current;
    first?.focus({ preventScroll: true });
  }, []);
  return (
    <div
      ref={panel}
      id={id}
      popover="manual"
      role="dialog"
      aria-labelledby={labelledBy}
      tabIndex={-1}
      className={cn(
        "max-w-[calc(100vw-1rem)] animate-float-in overflow-hidden rounded-xl border border-line bg-raised text-ink shadow-float outline-none",
        className,
      )}
    >
      {children}
    </div>
  );
}
