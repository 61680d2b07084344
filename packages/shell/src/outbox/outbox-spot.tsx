"use client";
import { type ComponentType, useEffect, useState } from "react";
import { useShell } from "../shell-context";
import { outboxMark } from "./outbox-mark";

/** The place of the notice of texts that wait to be sent; what shows and sends them is loaded when there are some. */
export function OutboxSpot() {
  const { user } = useShell();
  const [Notice, setNotice] = useState<ComponentType | null>(null);
  useEffect(() => {
    const look = () => {
      if (!outboxMark(user.id)) return;
      // Without a network it is loaded when there is one.
      void import("./outbox-notice").then(
        ({ OutboxNotice }) => setNotice(() => OutboxNotice),
        () => {},
      );
    };
    look();
    const events = ["storage", "online"];
    for (const event of events) window.addEventListener(event, look);
    return () => {
      for (const event of events) window.removeEventListener(event, look);
    };
  }, [user.id]);
  return Notice && <Notice />;
}
