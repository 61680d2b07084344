"use client";
import { useEffect, useState } from "react";

const TICK_MS = 1_000;
/** The page leaves a moment after the server has stopped to let it in. */
const MARGIN_MS = 1_500;

type ImpersonationTimerProps = {
  /** From the rendering on: the clocks of server and browser may differ. */
  secondsLeft: number;
  /** The text, with `{minutes}` in it. */
  template: string;
  /** Where the page goes when the time is over. It is given, since every page loads this script, and it imports nothing. */
  href: string;
};

/** Counts the minutes that are left, and leaves the page when there are none: nobody reads on in another person's name. */
export function ImpersonationTimer({ secondsLeft, template, href }: ImpersonationTimerProps) {
  const [minutes, setMinutes] = useState(Math.ceil(secondsLeft / 60));
  useEffect(() => {
    const end = Date.now() + secondsLeft * 1_000;
    const timer = setInterval(() => {
      const left = end - Date.now();
      setMinutes(Math.max(0, Math.ceil(left / 60_000)));
      if (left > -MARGIN_MS) return;
      clearInterval(timer);
      window.location.replace(href);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [secondsLeft, href]);
  return (
    <span role="timer" className="shrink-0 tabular-nums">
      {template.replace("{minutes}", String(minutes))}
    </span>
  );
}
