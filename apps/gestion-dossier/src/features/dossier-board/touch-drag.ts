/** A finger that rests so long on a card takes it up; one that moves before scrolls the page. */
const HOLD_MS = 350;
const TOLERANCE_PX = 10;
/** Near an edge the board or the page scrolls below the finger. */
const EDGE_PX = 56;
const SCROLL_PX = 10;

type Point = { x: number; y: number };

/** Where a card can be put down. */
export type TouchTarget<T> = {
  allows(source: T): boolean;
  onOver(isOver: boolean): void;
  onDrop(source: T): void;
};

type TouchSource<T> = { read(): T; onStart(): void; onEnd(): void };

/**
 * Drags by finger. Browsers' own drag and drop does not hear fingers in Firefox for Android, on touch screens of Windows and Linux, nor in
 * Chrome for Android with a screen reader; so a finger never begins it, and every browser behaves alike.
 */
export function createTouchDrag<T>() {
  const targets = new Map<Element, TouchTarget<T>>();

  function find(at: Point, source: T): TouchTarget<T> | null {
    for (let element = document.elementFromPoint(at.x, at.y); element; element = element.parentElement) {
      const target = targets.get(element);
      if (target) return target.allows(source) ? target : null;
    }
    return null;
  }

  function take(element: HTMLElement, source: TouchSource<T>, begun: Point) {
    const ghost = raise(element);
    const scrolled = scrollersOf(element);
    const taken = source.read();
    let at = begun;
    let over: TouchTarget<T> | null = null;
    let frame = requestAnimationFrame(step);
    source.onStart();

    function look(): void {
      const next = find(at, taken);
      if (next === over) return;
      over?.onOver(false);
      next?.onOver(true);
      over = next;
    }
    function step(): void {
      scrolled.scroll(at);
      look();
      frame = requestAnimationFrame(step);
    }
    return {
      move(to: Point): void {
        at = to;
        ghost.style.translate = `${to.x - begun.x}px ${to.y - begun.y}px`;
        look();
      },
      end(isDropped: boolean): void {
        cancelAnimationFrame(frame);
        look();
        const target = over;
        over?.onOver(false);
        ghost.remove();
        scrolled.restore();
        source.onEnd();
        if (isDropped) target?.onDrop(taken);
      },
    };
  }

  return {
    /** @returns how to make the element no target any more */
    addTarget(element: Element, target: TouchTarget<T>): () => void {
      targets.set(element, target);
      return () => void targets.delete(element);
    },

    /** Lets a finger take an element up. @returns the clean-up */
    addSource(element: HTMLElement, source: TouchSource<T>): () => void {
      let begun: Point | null = null;
      let wasDraggable = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let drag: ReturnType<typeof take> | null = null;
      const stop = new AbortController();
      const { signal } = stop;

      function finish(isDropped: boolean): void {
        clearTimeout(timer);
        const ended = drag;
        if (begun) element.draggable = wasDraggable;
        [begun, drag] = [null, null];
        ended?.end(isDropped);
      }
      function onStart({ touches, target }: TouchEvent): void {
        finish(false);
        const [touch] = touches;
        if (!touch || touches.length > 1 || (target instanceof Element && target.closest("button"))) return;
        const at = toPoint(touch);
        begun = at;
        wasDraggable = element.draggable;
        element.draggable = false;
        timer = setTimeout(() => {
          drag = take(element, source, at);
          navigator.vibrate?.(10);
        }, HOLD_MS);
      }
      function onMove(event: TouchEvent): void {
        const [touch] = event.touches;
        if (!begun || !touch) return;
        const to = toPoint(touch);
        if (drag) {
          // The page stays where it is.
          event.preventDefault();
          drag.move(to);
        } else if (Math.hypot(to.x - begun.x, to.y - begun.y) > TOLERANCE_PX) finish(false);
      }
      function onEnd(event: TouchEvent): void {
        // A card that was carried is not one that was tapped.
        if (drag && event.cancelable) event.preventDefault();
        finish(true);
      }
      element.addEventListener("touchstart", onStart, { signal, passive: true });
      element.addEventListener("touchmove", onMove, { signal, passive: false });
      element.addEventListener("touchend", onEnd, { signal });
      element.addEventListener("touchcancel", () => finish(false), { signal });
      // The menu of a long press would end the touch.
      element.addEventListener("contextmenu", (event) => begun && event.preventDefault(), { signal });
      return () => {
        stop.abort();
        finish(false);
      };
    },
  };
}

const toPoint = ({ clientX, clientY }: Touch): Point => ({ x: clientX, y: clientY });

/** Draws a copy of an element above the page, which lies where the element does. */
function raise(element: HTMLElement): HTMLElement {
  const { left, top, width } = element.getBoundingClientRect();
  const ghost = element.cloneNode(true) as HTMLElement;
  ghost.setAttribute("aria-hidden", "true");
  ghost.inert = true;
  delete ghost.dataset.card;
  Object.assign(ghost.style, {
    ...{ position: "fixed", left: `${left}px`, top: `${top}px`, width: `${width}px`, margin: "0" },
    ...{ zIndex: "60", pointerEvents: "none", rotate: "2deg", listStyle: "none" },
  });
  document.body.append(ghost);
  return ghost;
}

/** Scrolls what an element lies in when a finger comes near the edges: sideways its nearest scroller, up and down the page. */
function scrollersOf(element: HTMLElement) {
  let sideways: HTMLElement | null = element.parentElement;
  while (sideways && sideways.scrollWidth <= sideways.clientWidth + 1) sideways = sideways.parentElement;
  const snap = sideways?.style.scrollSnapType ?? "";
  if (sideways) sideways.style.scrollSnapType = "none";
  const towards = (at: number, size: number) => (at < EDGE_PX ? -SCROLL_PX : at > size - EDGE_PX ? SCROLL_PX : 0);
  return {
    scroll({ x, y }: Point): void {
      sideways?.scrollBy(towards(x, window.innerWidth), 0);
      window.scrollBy(0, towards(y, window.innerHeight));
    },
    restore(): void {
      if (sideways) sideways.style.scrollSnapType = snap;
    },
  };
}
