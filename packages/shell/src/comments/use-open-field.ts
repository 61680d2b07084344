"use client";
import { useState } from "react";

/**
 * Whether a field stands open: its author has asked for it, or a draft of theirs waits in it until they close it.
 * @param isResumed they have asked for that draft from elsewhere on the page
 */
export function useOpenField(hasDraft: boolean, isResumed: boolean) {
  const [chosen, setChosen] = useState<"open" | "closed" | null>(null);
  return {
    isOpen: chosen === "open" || (chosen === null && hasDraft),
    isAsked: chosen === "open" || isResumed,
    open: () => setChosen("open"),
    close: () => setChosen("closed"),
  };
}
