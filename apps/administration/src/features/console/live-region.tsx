"use client";
import { cn } from "@mgs/ui/cn";
import { type ReactNode, startTransition, useEffect, useState } from "react";

type LiveRegionProps = {
  /** Renders the same again on the server, as it is now. */
  read: () => Promise<ReactNode>;
  everySeconds: number;
  /** Said small, while it works and while it does not. */
  note: string;
  staleNote: string;
  /** Inside a card, whose padding the note keeps to. */
  inset?: boolean;
  children: ReactNode;
};

/**
 * Replaces its children every few seconds, while the tab is in view and the server answers. Nothing is read out: numbers
 * that change all the time would drown everything else.
 */
export function LiveRegion({ read, everySeconds, note, staleNote, inset = false, children }: LiveRegionProps) {
  const [fresh, setFresh] = useState<{ over: ReactNode; node: ReactNode } | null>(null);
  const [stale, setStale] = useState(false);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const later = () => {
      clearTimeout(timer);
      if (!ended && !document.hidden) timer = setTimeout(look, everySeconds * 1_000);
    };
    async function look() {
      const node = await read().catch(() => null);
      if (ended) return;
      setStale(node === null);
      // Parts of the node may still be on their way: outside a transition, the page would give way to its skeleton.
      if (node !== null) startTransition(() => setFresh({ over: children, node }));
      later();
    }
    const onVisibility = () => {
      clearTimeout(timer);
      if (!document.hidden) void look();
    };
    document.addEventListener("visibilitychange", onVisibility);
    later();
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [read, everySeconds, children]);

  return (
    <>
      {/* What the page itself rendered later, after an action, goes before an older look. */}
      {fresh && fresh.over === children ? fresh.node : children}
      <p className={cn("text-xs", inset ? "px-4 py-3 sm:px-6" : "mt-2", stale ? "text-warning-ink" : "text-muted")}>
        {stale ? staleNote : note}
      </p>
    </>
  );
}
