"use client";
import type { DiscussionState } from "@mgs/comments/contract/discussion-state";
import { useEffect, useRef, useState } from "react";
import type { DiscussionStore } from "./discussion-store";

const PREFIX = "#comment-";
/** A notification may lead far back; further than this its reader looks by hand. */
const MAX_PAGES = 50;

/**
 * Shows the comment that the page's address names, as notifications do: older pages are read until it is there. It is drawn after the browser has
 * looked for it, so the page scrolls by itself.
 * @returns its id, so that a folded discussion with it is unfolded; null where the address names none
 */
export function useCommentTarget({ comments, older }: DiscussionState, store: DiscussionStore): string | null {
  const [target, setTarget] = useState<string | null>(null);
  const pages = useRef(0);
  useEffect(() => {
    const look = () => {
      const { hash } = window.location;
      pages.current = 0;
      setTarget(hash.startsWith(PREFIX) ? hash.slice(PREFIX.length) : null);
    };
    look();
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, []);

  const isThere = comments.some(({ id }) => id === target);
  useEffect(() => {
    if (target === null || isThere || older === null || pages.current >= MAX_PAGES) return;
    // Another discussion of the page has it.
    if (document.getElementById(`comment-${target}`)) return;
    pages.current++;
    // The button for older ones stays.
    void store.loadOlder().catch(() => undefined);
  }, [target, isThere, older, store]);
  useEffect(() => {
    if (isThere) document.getElementById(`comment-${target}`)?.scrollIntoView({ block: "center" });
  }, [isThere, target]);
  return target;
}
