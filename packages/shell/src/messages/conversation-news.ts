"use client";
import { useRealtimeListener } from "@mgs/realtime/react";
import { useEffect, useEffectEvent } from "react";
import { createSignal } from "../signal";

/** How often this page has changed one of its reader's conversations. */
const ownChanges = createSignal(0);

/** Tells this page that it has changed a conversation of its reader: the server tells their other pages alone. */
export const tellOwnChange = (): void => ownChanges.set(ownChanges.get() + 1);

/** Calls back when one of the reader's conversations has something new, told by the server or changed by this page, and when the page listens again. */
export function useConversationNews(onNews: () => void): void {
  const hear = useEffectEvent(onNews);
  useRealtimeListener({ onListening: onNews, onConversationsChanged: onNews });
  useEffect(() => ownChanges.subscribe(() => hear()), []);
}
