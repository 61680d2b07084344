"use client";
import {
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { cn } from "./cn";
import { dismissToast, type Toast, toastStore } from "./toasts";

/** So many toasts are visible at a time; the others wait behind them. */
const MAX_VISIBLE = 3;
const TICK_MS = 200;
/** A tick counts no longer than this: a page that stood still, such as on a suspended computer, showed nothing to anybody meanwhile. */
const MAX_TICK_MS = 2 * TICK_MS;
/** A swipe of this length dismisses a toast. */
const SWIPE_PX = 60;
const NONE: readonly Toast[] = [];

/**
 * The region of toasts, the newest lowest. Their time stops under the pointer, while one of them has the focus, and in a
 * hidden tab. Alt+T moves the focus to it.
 */
export function Toaster({ label }: { label: string }) {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.get, () => NONE);
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const region = useRef<HTMLElement>(null);
  const before = useRef<HTMLElement | null>(null);
  const running = toasts.length > 0 && !hovered && !focused;

  useEffect(() => {
    if (!running) return;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      if (!document.hidden) toastStore.age(Math.min(now - last, MAX_TICK_MS));
      last = now;
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [running]);

  useEffect(() => {
    const onKeyDown = ({ altKey, code }: KeyboardEvent) => {
      if (altKey && code === "KeyT") controlIn(region.current)?.focus();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  // After a toast is dismissed by keyboard, the focus moves to the next one, or back to where it came from.
  const staying = toasts.filter(({ leaving }) => !leaving);
  const newest = staying[0]?.id;
  useLayoutEffect(() => {
    const leaving = region.current?.querySelector("[data-leaving] :focus-visible");
    if (leaving) (controlIn(region.current) ?? before.current)?.focus();
  });
  useEffect(() => {
    if (newest !== undefined) return;
    // A toast that disappears under the pointer causes no leave event.
    setHovered(false);
    setFocused(false);
  }, [newest]);

  function onFocus({ target, relatedTarget }: FocusEvent) {
    if (focused || !target.matches(":focus-visible")) return;
    before.current = relatedTarget instanceof HTMLElement ? relatedTarget : null;
    setFocused(true);
  }
  const shown = new Set(staying.slice(0, MAX_VISIBLE).map(({ id }) => id));
  return (
    <section
      ref={region}
      aria-label={`${label} (Alt+T)`}
      aria-live="polite"
      aria-relevant="additions text"
      aria-atomic={false}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onFocus={onFocus}
      onBlur={({ relatedTarget, currentTarget }) => currentTarget.contains(relatedTarget) || setFocused(false)}
      className="fixed inset-x-3 bottom-20 z-60 sm:start-auto sm:end-6 sm:bottom-6 sm:w-89"
    >
      {toasts.length > 0 ? (
        <ol className="flex flex-col-reverse">
          {toasts.map((toast) => (
            <Item key={toast.id} toast={toast} visible={toast.leaving || shown.has(toast.id)} />
          ))}
        </ol>
      ) : null}
    </section>
  );
}

function controlIn(region: HTMLElement | null): HTMLElement | null {
  return region?.querySelector<HTMLElement>("[data-toast]:not([data-leaving]) :is(a, button)") ?? null;
}

function Item({ toast, visible }: { toast: Toast; visible: boolean }): ReactNode {
  const start = useRef<number | null>(null);
  const [shift, setShift] = useState(0);

  function onPointerMove({ clientX }: PointerEvent) {
    if (start.current !== null) setShift(clientX - start.current);
  }
  function onPointerEnd() {
    if (Math.abs(shift) > SWIPE_PX) dismissToast(toast.id);
    start.current = null;
    setShift(0);
  }
  return (
    <li
      data-toast
      data-visible={visible}
      data-leaving={toast.leaving || undefined}
      hidden={!visible}
      onPointerDown={({ clientX, pointerType }) => {
        if (pointerType === "touch") start.current = clientX;
      }}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      style={shift === 0 ? undefined : { translate: `${shift}px`, opacity: 1 - Math.abs(shift) / 300 }}
      className={cn(
        "touch-pan-y transition-[grid-template-rows,opacity] duration-200 starting:grid-rows-[0fr] starting:opacity-0",
        visible && "grid",
        toast.leaving ? "pointer-events-none grid-rows-[0fr] opacity-0" : "grid-rows-[1fr]",
      )}
    >
      <div className={cn("min-h-0", toast.leaving && "overflow-hidden")}>
        <div className="pt-2">{toast.content}</div>
      </div>
    </li>
  );
}
