"use client";
import {
  type ConversationDetails,
  type ConversationMember,
  conversationReadEvent,
} from "@mgs/messaging/contract/conversation";
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
  const [people, setPeople] = useState(members);
  const [isAtEnd, setAtEnd] = useState(false);
  const isHeld = useRef(false);
  const own = useRef(conversation.read_place);

  useChannel(shows_reads ? `private-conversation-reads.${conversation.id}` : null, {
    events: {
      [EVENTS.conversationRead]: (data) => {
        if (!conversationReadEvent(data)) return;
        const { user_id, read_place } = data;
        setPeople((before) =>
          before.map((one) => (one.id === user_id ? { ...one, read_place: further(one, { read_place }) } : one)),
        );
      },
    },
    onListening: () =>
      void readConversation(conversation.id).then(
        (now) => setPeople((before) => withRead(now.members, before)),
        // The next time it is asked again.
        () => undefined,
      ),
  });

  // Somebody came or went, and the page was drawn anew.
  useEffect(() => setPeople((before) => withRead(members, before)), [members]);

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

  return {
    readBy(message) {
      if (!shows_reads) return null;
      return people.filter((one) => hasRead(one, message)).map(({ name }) => name);
    },
    setAtEnd,
    async markUnread(message) {
      isHeld.current = true;
      await markRead(conversation.id, { message_id: message.id, unread: true }, { socketId: socketId() });
    },
  };
}

/** Nobody has read what they do not see, such as what was written before they came. */
const hasRead = ({ id, from_place, read_place }: ConversationMember, { auteur, place }: MessageDto): boolean =>
  id !== auteur.id && from_place < place && read_place !== null && read_place >= place;

type Read = Pick<ConversationMember, "read_place">;
const further = (one: Read, other: Read): number => Math.max(one.read_place ?? 0, other.read_place ?? 0);

/** People as an answer has them, with what was heard of their reading since: null stays, they do not show it any more. */
function withRead(members: readonly ConversationMember[], before: readonly ConversationMember[]): ConversationMember[] {
  const known = new Map(before.map((one) => [one.id, one]));
  return members.map((one) =>
    one.read_place === null ? one : { ...one, read_place: further(one, known.get(one.id) ?? one) },
  );
}
