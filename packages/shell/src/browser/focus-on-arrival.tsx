"use client";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useHydrated } from "../hydrated";

type FocusOnArrivalProps = { labelledBy: string; children: ReactNode };

/**
 * What an action brings onto the page, and its reader must not miss: it scrolls into view, and gets the focus with its heading as its name.
 * What comes with the page itself stays where it is.
 */
export function FocusOnArrival({ labelledBy, children }: FocusOnArrivalProps) {
  const hydrated = useHydrated();
  const [arrives] = useState(hydrated);
  const section = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (!arrives) return;
    section.current?.focus({ preventScroll: true });
    section.current?.scrollIntoView({ block: "start" });
  }, [arrives]);
  return (
    <section ref={section} tabIndex={-1} aria-labelledby={labelledBy} className="scroll-mt-4 outline-none">
      {children}
    </section>
  );
}
