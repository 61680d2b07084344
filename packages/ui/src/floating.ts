import { type RefObject, useEffectEvent, useLayoutEffect } from "react";

type Target = RefObject<HTMLElement | null>;

export type Placement = { align: "start" | "end" | "center"; side: "below" | "above"; gapPx: number };

/** The distance between a panel and the window's edges. */
const MARGIN_PX = 8;

/**
 * Keeps a panel beside its anchor while it is mounted. The panel is in the browser's top layer, over the whole page, where no
 * parent clips it; it has the attribute `popover="manual"`.
 */
export function useFloating(anchor: Target, panel: Target, { align, side, gapPx }: Placement): void {
  useLayoutEffect(() => {
    const [from, floating] = [anchor.current, panel.current];
    if (!from || !floating) return;
    const place = () => {
      const { left, top } = position(from, floating, { align, side, gapPx });
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
  }, [anchor, panel, align, side, gapPx]);
}

/** Finds the place of the panel: on the given side if it fits there, else on the other; aligned, and moved into the window. */
function position(from: HTMLElement, floating: HTMLElement, { align, side, gapPx }: Placement) {
  const at = from.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const { clientWidth, clientHeight } = document.documentElement;
  const [above, below] = [at.top - gapPx - height, at.bottom + gapPx];
  const fitsAbove = above >= MARGIN_PX;
  const fitsBelow = below + height <= clientHeight - MARGIN_PX;
  const isAbove = side === "above" ? fitsAbove || !fitsBelow : fitsAbove && !fitsBelow;
  const leftEdge = (align === "start") === (getComputedStyle(from).direction === "ltr");
  const left = align === "center" ? at.left + (at.width - width) / 2 : leftEdge ? at.left : at.right - width;
  return {
    left: Math.max(MARGIN_PX, Math.min(left, clientWidth - width - MARGIN_PX)),
    top: Math.max(MARGIN_PX, isAbove ? above : below),
  };
}

/**
 * Closes an open panel at Escape, at a press outside, and when the focus leaves it. When the focus was in the panel it returns
 * to the anchor, also when a control inside the panel has closed it.
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
