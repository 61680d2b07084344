"use client";
import { type ConversationMember, typingEvent } from "@mgs/messaging/contract/conversation";
import { useChannel } from "@mgs/realtime/channel-react";
import { CLIENT_EVENTS } from "@mgs/realtime/names";
import { useEffect, useRef, useState } from "react";
import { maySeeReader } from "../presence/own-status";

/** Others hear of typing at most this often; it fades after three seconds. */
const TELL_EVERY_MS = 2_000;
const FADES_AFTER_MS = 3_000;

/** Who writes a message in a conversation now. @returns their names, and how to tell the others that oneself does */
export function useTyping(
  conversationId: number,
  userId: number,
  members: readonly ConversationMember[],
): { names: readonly string[]; tell(): void } {
  const [typing, setTyping] = useState<ReadonlyMap<number, number>>(new Map());
  const toldAt = useRef(0);
  const channel = useChannel(`private-conversation.${conversationId}`, {
    events: {
      [CLIENT_EVENTS.typing]: (data) => {
        if (!typingEvent(data) || data.user_id === userId) return;
        setTyping((before) => new Map(before).set(data.user_id, Date.now() + FADES_AFTER_MS));
      },
    },
  });
  useEffect(() => {
    if (typing.size === 0) return;
    const next = Math.min(...typing.values());
    const timer = setTimeout(
      () => setTyping((before) => new Map([...before].filter(([, until]) => until > Date.now()))),
      Math.max(0, next - Date.now()) + 10,
    );
    return () => clearTimeout(timer);
  }, [typing]);
  return {
    // Only who is in the conversation is named, whatever an event says.
    names: members.filter(({ id }) => typing.has(id)).map(({ name }) => name),
    tell() {
      const now = Date.now();
      if (now - toldAt.current < TELL_EVERY_MS) return;
      toldAt.current = now;
      void maySeeReader().then((may) => may && channel.send(CLIENT_EVENTS.typing, { user_id: userId }));
    },
  };
}
