"use client";
import { type ConversationDetails, conversationReadEvent } from "@mgs/messaging/contract/conversation";
import type { MessageDto } from "@mgs/messaging/contract/message";
import { useChannel } from "@mgs/realtime/channel-react";
import { EVENTS } from "@mgs/realtime/names";
import { useSocketId } from "@mgs/realtime/react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { markRead, readConversation } from "./api";

/** So long the end is in sight before it counts as read. */
const READ_AFTER_MS = 300;

export type Reading = {
  /** Names of those who have read a message, as far as they show it; null: nobody shows it to the reader. */
  readBy(message: MessageDto): readonly string[] | null;
  /** The end of the conversation is in sight, or no more. */
  setAtEnd(isAtEnd: boolean): void;
  /** Marks a message, and what comes after it, unread; nothing is read by itself until the page is left. */
  markUnread(message: MessageDto): Promise<void>;
};

/**
 * What the people of a conversation have read, and what its reader has: the newest message counts as read when it is in sight of a page that is in use.
 * @param newest the newest message of the conversation; undefined while it is not among those that are shown
 */
export function useReading(details: ConversationDetails, newest: MessageDto | undefined): Reading {
  const { conversation, members, shows_reads } = details;
  const socketId = useSocketId();
  const [places, setPlaces] = useState(() => new Map(members.map(({ id, read_place }) => [id, read_place])));
  const [isAtEnd, setAtEnd] = useState(false);
  const isHeld = useRef(false);
  const own = useRef(conversation.read_place);

  useChannel(shows_reads ? `private-conversation-reads.${conversation.id}` : null, {
    events: {
      [EVENTS.conversationRead]: (data) => {
        if (!conversationReadEvent(data)) return;
        setPlaces((before) =>
          new Map(before).set(data.user_id, Math.max(before.get(data.user_id) ?? 0, data.read_place)),
        );
      },
    },
    onListening: () =>
      void readConversation(conversation.id).then(
        (now) => setPlaces(new Map(now.members.map(({ id, read_place }) => [id, read_place]))),
        // The next time it is asked again.
        () => undefined,
      ),
  });

  const read = useEffectEvent(() => {
    if (!newest || isHeld.current || !isAtEnd || newest.place <= own.current) return;
    if (document.visibilityState !== "visible" || !document.hasFocus()) return;
    own.current = newest.place;
    markRead(conversation.id, { message_id: newest.id }, { socketId: socketId() }).catch(() => {
      // Without an answer it is read with the next message, or when the page is looked at again.
      own.current = conversation.read_place;
    });
  });
  useEffect(() => {
    const timer = setTimeout(() => read(), READ_AFTER_MS);
    const again = () => read();
    window.addEventListener("focus", again);
    document.addEventListener("visibilitychange", again);
    window.addEventListener("online", again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("focus", again);
      document.removeEventListener("visibilitychange", again);
      window.removeEventListener("online", again);
    };
  }, [newest?.id, isAtEnd]);

  const nameOf = new Map(members.map(({ id, name }) => [id, name]));
  return {
    readBy(message) {
      if (!shows_reads) return null;
      const readers = [...places].filter(
        ([id, place]) => id !== message.auteur.id && place !== null && place >= message.place,
      );
      return readers.map(([id]) => nameOf.get(id) ?? "").filter(Boolean);
    },
    setAtEnd,
    async markUnread(message) {
      isHeld.current = true;
      await markRead(conversation.id, { message_id: message.id, unread: true }, { socketId: socketId() });
    },
  };
}
