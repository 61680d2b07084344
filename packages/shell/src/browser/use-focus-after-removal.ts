"use client";
import { type RefObject, useLayoutEffect } from "react";

/**
 * Moves the focus to the page's content when it is lost with the component, such as that of a button that its own action takes away: Tab
 * goes on from there, and not from the top of the page.
 * @param root an entry of a list: its neighbour gets the focus instead, so that a person can go through the list; after the last one, what
 * the list stands in gets it, such as the panel of the bell
 */
export function useFocusAfterRemoval(root?: RefObject<HTMLElement | null>): void {
  useLayoutEffect(
    () => () => {
      const { body, activeElement } = document;
      if (activeElement === body) return;
      const entry = root?.current;
      const neighbour = entry?.contains(activeElement)
        ? (entry.nextElementSibling ?? entry.previousElementSibling)
        : null;
      const frame = entry?.parentElement?.closest<HTMLElement>("[tabindex]");
      // The element is still there, and a dialog that closes with it may focus it once more. It is gone after the commit.
      queueMicrotask(() => {
        if (document.activeElement !== body) return;
        const control = neighbour?.isConnected ? neighbour.querySelector<HTMLElement>("a[href], button") : null;
        if (control) control.focus();
        else (frame?.isConnected ? frame : document.getElementById("main"))?.focus({ preventScroll: true });
      });
    },
    [root],
  );
}
