"use client";
import { useEffect, useState } from "react";
import { waitTime } from "./relative-time";

/** Counts down to a time: `text` with the time that is left, or `now` once it has come. */
export function RetryIn({ iso, text, now }: { iso: string; text: string; now: string }) {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const update = () => setLeft(Math.ceil((Date.parse(iso) - Date.now()) / 1_000));
    update();
    const timer = setInterval(update, 1_000);
    return () => clearInterval(timer);
  }, [iso]);
  return left === null || left <= 0 ? now : text.replace("{time}", waitTime(left));
}
