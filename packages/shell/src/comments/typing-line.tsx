"use client";
import { useChannel } from "@mgs/realtime/channel-react";
import { recordPresenceEvent } from "@mgs/realtime/events";
import { EVENTS } from "@mgs/realtime/names";
import { useEffect, useState } from "react";
import { useTranslations } from "../intl";
import { useShell } from "../shell-context";

/** Typing fades when no further event comes. */
const FADES_AFTER_MS = 3_000;

/** Who writes a comment on the record now. The line keeps its height, so that nothing moves. */
export function TypingLine({ channel }: { channel: string }) {
  const t = useTranslations("comments");
  const { user } = useShell();
  const [typing, setTyping] = useState<ReadonlyMap<number, { name: string; until: number }>>(new Map());
  useChannel(`presence-${channel}`, {
    events: {
      [EVENTS.userTyping]: (data) => {
        if (!recordPresenceEvent(data) || data.user_id === user.id) return;
        const until = Date.now() + FADES_AFTER_MS;
        setTyping((before) => new Map(before).set(data.user_id, { name: data.name, until }));
      },
    },
  });

  useEffect(() => {
    if (typing.size === 0) return;
    const next = Math.min(...[...typing.values()].map(({ until }) => until));
    const timer = setTimeout(
      () => setTyping((before) => new Map([...before].filter(([, { until }]) => until > Date.now()))),
      Math.max(0, next - Date.now()) + 10,
    );
    return () => clearTimeout(timer);
  }, [typing]);

  const [first] = typing.values();
  return (
    <p className="min-h-5 text-muted text-xs" data-typing={typing.size}>
      {first ? t("typing", { count: typing.size, name: first.name }) : ""}
    </p>
  );
}
