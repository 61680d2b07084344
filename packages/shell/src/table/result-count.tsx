"use client";
import { useEffect, useState } from "react";

/** So long after a page has come its count is read out: screen readers say the page's title first. */
const ANNOUNCE_MS = 400;

/** How many rows a list has: shown, and read out when it changes and after a search has loaded the page. */
export function ResultCount({ text, announce }: { text: string; announce: boolean }) {
  const [spoken, setSpoken] = useState("");
  useEffect(() => {
    if (!announce) return;
    const timer = setTimeout(() => setSpoken(text), ANNOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text, announce]);
  return (
    <p className="text-muted text-sm tabular-nums">
      <span>{text}</span>
      <span role="status" className="sr-only">
        {spoken}
      </span>
    </p>
  );
}
