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

/** Milliseconds under the pointer before it shows. */
const DELAY = 400;
/** Milliseconds to move the pointer onto the tooltip itself, or to the next one, which then shows at once. */
const GRACE = 150;
const PLACE = { align: "center", side: "above", gap: 6 } as const;

let lastShown = 0;

/** Names an icon for those who see; the one child carries the same text as aria-label. */
export function Tooltip({ text, children }: { text: string; children: ReactNode }) {
  const [shown, setShown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const control = useRef<HTMLElement>(null);
  const around = useCallback((span: HTMLElement | null) => {
    control.current = span?.querySelector<HTMLElement>(":scope > *") ?? null;
  }, []);

  function turn(on: boolean, delay: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(on), delay);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  function onPointerEnter({ pointerType }: PointerEvent) {
    if (pointerType !== "touch") turn(true, performance.now() - lastShown < GRACE ? 0 : DELAY);
  }
  function onPointerLeave() {
    if (shown) lastShown = performance.now();
    turn(false, shown ? GRACE : 0);
  }
  function onFocus({ target }: FocusEvent) {
    if (target.matches(":focus-visible")) turn(true, 0);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: watches what happens to the control inside
    <span
      ref={around}
      className="contents"
      onPointerEnter={onPointerEnter}
      onPointerLeave={onPointerLeave}
      onPointerDown={() => turn(false, 0)}
      onFocus={onFocus}
      onBlur={() => turn(false, 0)}
    >
      {children}
      {shown ? <Bubble text={text} anchor={control} onDismiss={() => turn(false, 0)} /> : null}
    </span>
  );
}

type BubbleProps = { text: string; anchor: RefObject<HTMLElement | null>; onDismiss: () => void };

/** Not for screen readers: they have the control's own label. */
function Bubble({ text, anchor, onDismiss }: BubbleProps) {
  const bubble = useRef<HTMLSpanElement>(null);
  const dismiss = useEffectEvent(onDismiss);
  useFloating(anchor, bubble, PLACE);
  useEffect(() => {
    /** The tooltip goes first; what it floats over stays. */
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
