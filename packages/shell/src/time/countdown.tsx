"use client";
import { useEffect, useState } from "react";

/**
 * Counts whole seconds down to zero from the moment `seconds` was given.
 * @param attempt changes with every new answer, so that the same number starts over
 */
export function useCountdown(seconds: number, attempt: unknown): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    setLeft(seconds);
    if (seconds <= 0) return;
    const end = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const rest = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setLeft(rest);
      if (rest === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [seconds, attempt]);
  return left;
}
