"use client";
import {
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from "react";
import { useFloating } from "./floating";

/** The tooltip appears after the pointer has rested for this time. */
const SHOW_DELAY_MS = 400;
/** Within this time the pointer can move onto the tooltip, or to the next control, whose tooltip then appears at once. */
const GRACE_PERIOD_MS = 150;
const PLACEMENT = { align: "center", side: "above", gapPx: 6 } as const;

let lastShown = 0;

/** Shows the name of an icon button; its only child has the same text as aria-label. */
export function Tooltip({ text, children }: { text: string; children: ReactNode }) {
  const [shown, setShown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const control = useRef<HTMLElement>(null);
  const around = useCallback((span: HTMLElement | null) => {
    control.current = span?.querySelector<HTMLElement>(":scope > *") ?? null;
  }, []);

  function schedule(visible: boolean, delayMs: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(visible), delayMs);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  function onPointerEnter({ pointerType }: PointerEvent) {
    if (pointerType !== "touch") schedule(true, performance.now() - lastShown < GRACE_PERIOD_MS ? 0 : SHOW_DELAY_MS);
  }
  function onPointerLeave() {
    if (shown) lastShown = performance.now();
    schedule(false, shown ? GRACE_PERIOD_MS : 0);
  }
  function onFocus({ target }: FocusEvent) {
    if (target.matches(":focus-visible")) schedule(true, 0);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: handles events of the control inside
    <span
      ref={around}
      className="contents"
      onPointerEnter={onPointerEnter}
      onPointerLeave={onPointerLeave}
      onPointerDown={() => schedule(false, 0)}
      onFocus={onFocus}
      onBlur={() => schedule(false, 0)}
    >
      {children}
      {shown ? <Bubble text={text} anchor={control} onDismiss={() => schedule(false, 0)} /> : null}
    </span>
  );
}

type BubbleProps = { text: string; anchor: RefObject<HTMLElement | null>; onDismiss: () => void };

/** The tooltip itself, hidden from screen readers, which read the control's label. */
function Bubble({ text, anchor, onDismiss }: BubbleProps) {
  const bubble = useRef<HTMLSpanElement>(null);
  const dismiss = useEffectEvent(onDismiss);
  useFloating(anchor, bubble, PLACEMENT);
  useEffect(() => {
    /** Escape closes the tooltip first, and not the dialog or panel below it. */
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      dismiss();
    };
    document.addEventListener("keydown", onKeyDown, { capture: true });
    return () => document.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
  return (
    <span
      ref={bubble}
      popover="manual"
      aria-hidden
      className="animate-fade-in whitespace-nowrap rounded-md bg-ink px-2 py-1 font-medium text-canvas text-xs shadow-float"
    >
      {text}
    </span>
  );
}
