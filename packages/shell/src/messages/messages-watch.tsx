"use client";
import { presenceUseApiPath } from "@mgs/messaging/links";
import { EVENTS, userChannel } from "@mgs/realtime/names";
import { useRealtimeConnection } from "@mgs/realtime/react";
import { useEffect, useRef } from "react";
import { readData } from "../api/read-data";
import { useCatchUp } from "../live/use-catch-up";
import { readOwnPresence } from "../presence/own-status";
import { useShell } from "../shell-context";
import { useConversationNews } from "./conversation-news";
import { countUnread } from "./unread-count";

/** News that come close together are counted as one. */
const BUNDLE_MS = 500;
/** Whoever uses a page says so this often: they are away after five minutes without. */
const USE_EVERY_MS = 4 * 60_000;
const SIGNS_OF_USE = ["pointerdown", "keydown", "visibilitychange"] as const;

let usedAt = 0;

/** Counts unread messages, and says that the page is in use. It draws nothing. */
export function MessagesWatch() {
  const { user } = useShell();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  function again() {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void countUnread().catch(() => undefined), BUNDLE_MS);
  }
  useConversationNews(again);
  const pusher = useRealtimeConnection()?.pusher;
  useEffect(() => {
    const own = pusher?.channel(userChannel(user.id));
    const again = () => void readOwnPresence();
    own?.bind(EVENTS.ownPresenceChanged, again);
    return () => void own?.unbind(EVENTS.ownPresenceChanged, again);
  }, [pusher, user.id]);
  useCatchUp(() => countUnread().catch(() => undefined));
  useEffect(() => {
    void countUnread().catch(() => undefined);
    void readOwnPresence();
    function use() {
      if (document.visibilityState !== "visible" || Date.now() - usedAt < USE_EVERY_MS) return;
      usedAt = Date.now();
      // It is said again with the next sign.
      readData(presenceUseApiPath(), "POST").catch(() => undefined);
    }
    use();
    for (const event of SIGNS_OF_USE) document.addEventListener(event, use);
    return () => {
      clearTimeout(timer.current);
      for (const event of SIGNS_OF_USE) document.removeEventListener(event, use);
    };
  }, []);
  return null;
}
