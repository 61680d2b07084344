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

/** In sight at a time; the rest wait behind. */
const VISIBLE = 3;
const TICK = 200;
/** Pixels of a swipe that sends a toast away. */
const SWIPE = 60;
const NONE: readonly Toast[] = [];

/**
 * Where toasts appear, the newest lowest. Their time stands still under the pointer, while the focus is among them, and
 * in a hidden tab. Alt+T leads there by keyboard.
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
      if (!document.hidden) toastStore.age(now - last);
      last = now;
    }, TICK);
    return () => clearInterval(timer);
  }, [running]);

  useEffect(() => {
    const onKeyDown = ({ altKey, code }: KeyboardEvent) => {
      if (altKey && code === "KeyT") controlIn(region.current)?.focus();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  // Who dismissed a toast by keyboard goes on at the next one, else where they came from.
  const staying = toasts.filter(({ leaving }) => !leaving);
  const newest = staying[0]?.id;
  useLayoutEffect(() => {
    const leaving = region.current?.querySelector("[data-leaving] :focus-visible");
    if (leaving) (controlIn(region.current) ?? before.current)?.focus();
  });
  useEffect(() => {
    if (newest !== undefined) return;
    // What goes away under the pointer is not left by it.
    setHovered(false);
    setFocused(false);
  }, [newest]);

  function onFocus({ target, relatedTarget }: FocusEvent) {
    if (focused || !target.matches(":focus-visible")) return;
    before.current = relatedTarget instanceof HTMLElement ? relatedTarget : null;
    setFocused(true);
  }
  const shown = new Set(staying.slice(0, VISIBLE).map(({ id }) => id));
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
    if (Math.abs(shift) > SWIPE) dismissToast(toast.id);
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
