"use client";
import { useEffect, useState } from "react";

/**
 * Counts down to zero in whole seconds.
 * @param attempt changes with every new answer, so that the countdown starts over with the same number
 */
export function useCountdown(seconds: number, attempt: unknown): number {
  const [remaining, setRemaining] = useState(seconds);
  useEffect(() => {
    setRemaining(seconds);
    if (seconds <= 0) return;
    const end = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const rest = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setRemaining(rest);
      if (rest === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [seconds, attempt]);
  return remaining;
}
