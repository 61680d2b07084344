"use client";
import { useEffect, useState } from "react";
import { useLoaded } from "../browser/use-loaded";
import { useShell } from "../shell-context";
import { outboxMark } from "./outbox-mark";

const load = () => import("../deferred-notices").then(({ OutboxNotice }) => OutboxNotice);

/** The place of the notice of texts that wait to be sent; what shows and sends them is loaded when there are some. */
export function OutboxSpot() {
  const { user } = useShell();
  const [isUsed, setUsed] = useState(false);
  useEffect(() => {
    // Without a network it is loaded later: the mark is looked for again.
    const look = () => setUsed(navigator.onLine && outboxMark(user.id) !== null);
    look();
    const events = ["storage", "online"];
    for (const event of events) window.addEventListener(event, look);
    return () => {
      for (const event of events) window.removeEventListener(event, look);
    };
  }, [user.id]);
  const Notice = useLoaded(isUsed, load);
  return Notice && <Notice />;
}
