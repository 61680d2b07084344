"use client";
import { useLayoutEffect } from "react";

/**
 * Moves the focus to the page's content when it is lost with the component, such as that of a button that its own action takes away: Tab
 * goes on from there, and not from the top of the page.
 */
export function useFocusAfterRemoval(): void {
  useLayoutEffect(
    () => () => {
      const { body, activeElement } = document;
      if (activeElement === body) return;
      // The element is still there, and a dialog that closes with it may focus it once more. It is gone after the commit.
      queueMicrotask(() => {
        if (document.activeElement === body) document.getElementById("main")?.focus({ preventScroll: true });
      });
    },
    [],
  );
}
