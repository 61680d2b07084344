"use client";
import { useConnectionState } from "@mgs/realtime/react";
import { useEffect, useEffectEvent } from "react";

/** So often a page without a socket asks what it missed. */
const POLL_MS = 20_000;

/** Asks for what was missed when the network or the page comes back, and every now and then without a socket. */
export function useCatchUp(catchUp: () => Promise<unknown>): void {
  const connection = useConnectionState();
  const ask = useEffectEvent(() => {
    if (document.visibilityState === "visible") void catchUp();
  });
  useEffect(() => {
    const onBack = () => ask();
    window.addEventListener("online", onBack);
    document.addEventListener("visibilitychange", onBack);
    const timer = connection === "unavailable" ? setInterval(onBack, POLL_MS) : undefined;
    return () => {
      window.removeEventListener("online", onBack);
      document.removeEventListener("visibilitychange", onBack);
      clearInterval(timer);
    };
  }, [connection]);
}
