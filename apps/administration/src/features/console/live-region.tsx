"use client";
import { cn } from "@mgs/ui/cn";
import { type ReactNode, startTransition, useEffect, useState } from "react";

type LiveRegionProps = {
  /** Renders the children anew on the server. */
  read: () => Promise<ReactNode>;
  refreshSeconds: number;
  /** Small texts below the children: while the refresh works, and while it fails. */
  note: string;
  staleNote: string;
  /** Whether the region is inside a card, so that the note has the card's padding. */
  inset?: boolean;
  children: ReactNode;
};

/**
 * Replaces its children every few seconds, while the tab is visible and the server answers. Screen readers do not read the
 * changes, which would interrupt all other texts.
 */
export function LiveRegion({ read, refreshSeconds, note, staleNote, inset = false, children }: LiveRegionProps) {
  const [fresh, setFresh] = useState<{ replaced: ReactNode; node: ReactNode } | null>(null);
  const [stale, setStale] = useState(false);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const schedule = () => {
      clearTimeout(timer);
      if (!ended && !document.hidden) timer = setTimeout(refresh, refreshSeconds * 1_000);
    };
    async function refresh() {
      const node = await read().catch(() => null);
      if (ended) return;
      setStale(node === null);
      // Parts of the node may still be loading: without a transition React would show the page's skeleton.
      if (node !== null) startTransition(() => setFresh({ replaced: children, node }));
      schedule();
    }
    const onVisibility = () => {
      clearTimeout(timer);
      if (!document.hidden) void refresh();
    };
    document.addEventListener("visibilitychange", onVisibility);
    schedule();
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [read, refreshSeconds, children]);

  return (
    <>
      {/* Children that the page has rendered after an action are newer than the last refresh. */}
      {fresh && fresh.replaced === children ? fresh.node : children}
      <p className={cn("text-xs", inset ? "px-4 py-3 sm:px-6" : "mt-2", stale ? "text-warning-ink" : "text-muted")}>
        {stale ? staleNote : note}
      </p>
    </>
  );
}
