import { type RefObject, useEffectEvent, useLayoutEffect } from "react";

type Target = RefObject<HTMLElement | null>;

export type Placement = { align: "start" | "end" | "center"; side: "below" | "above"; gap: number };

/** Room that stays free between what floats and the window's edges. */
const MARGIN = 8;

/**
 * Keeps a panel at its anchor in the browser's top layer for as long as it is mounted: over everything, clipped by
 * nothing, wherever it is written. The panel bears `popover="manual"`.
 */
export function useFloating(anchor: Target, panel: Target, { align, side, gap }: Placement): void {
  useLayoutEffect(() => {
    const [from, floating] = [anchor.current, panel.current];
    if (!from || !floating) return;
    const place = () => {
      const { left, top } = position(from, floating, { align, side, gap });
      floating.style.inset = `${top}px auto auto ${left}px`;
    };
    if (!floating.matches(":popover-open")) floating.showPopover();
    place();
    const resized = new ResizeObserver(place);
    resized.observe(floating);
    window.addEventListener("resize", place);
    window.addEventListener("scroll", place, { capture: true, passive: true });
    return () => {
      resized.disconnect();
      window.removeEventListener("resize", place);
      window.removeEventListener("scroll", place, { capture: true });
    };
  }, [anchor, panel, align, side, gap]);
}

/** Where it fits: on the wanted side, else on the other one; beside the wanted edge, moved into the window. */
function position(from: HTMLElement, floating: HTMLElement, { align, side, gap }: Placement) {
  const at = from.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const { clientWidth, clientHeight } = document.documentElement;
  const [above, below] = [at.top - gap - height, at.bottom + gap];
  const fitsAbove = above >= MARGIN;
  const fitsBelow = below + height <= clientHeight - MARGIN;
  const isAbove = side === "above" ? fitsAbove || !fitsBelow : fitsAbove && !fitsBelow;
  const leftEdge = (align === "start") === (getComputedStyle(from).direction === "ltr");
  const left = align === "center" ? at.left + (at.width - width) / 2 : leftEdge ? at.left : at.right - width;
  return {
    left: Math.max(MARGIN, Math.min(left, clientWidth - width - MARGIN)),
    top: Math.max(MARGIN, isAbove ? above : below),
  };
}

/**
 * Ends an open panel at Escape, at a press outside, and when the focus goes elsewhere. The focus that the panel held
 * goes back to its anchor, also when something inside the panel closed it.
 */
export function useDismissal(anchor: Target, panel: Target, dismiss: () => void): void {
  const end = useEffectEvent(dismiss);
  useLayoutEffect(() => {
    const [from, floating] = [anchor.current, panel.current];
    if (!from || !floating) return;
    const isOutside = (target: EventTarget | null) =>
      target instanceof Node && !floating.contains(target) && !from.contains(target);
    const onPointerDown = ({ target }: PointerEvent) => isOutside(target) && end();
    const onFocusIn = ({ target }: FocusEvent) => isOutside(target) && end();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      event.preventDefault();
      end();
    };
    document.addEventListener("pointerdown", onPointerDown);
    document.addEventListener("focusin", onFocusIn);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("pointerdown", onPointerDown);
      document.removeEventListener("focusin", onFocusIn);
      document.removeEventListener("keydown", onKeyDown);
      if (floating.contains(document.activeElement)) from.focus({ preventScroll: true });
    };
  }, [anchor, panel]);
}
