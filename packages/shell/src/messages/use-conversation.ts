"use client";
import { object } from "@mgs/core/shape";
import type { ConversationState } from "@mgs/messaging/contract/conversation-state";
import { type MessageDto, type MessagePage, message } from "@mgs/messaging/contract/message";
import { useChannel } from "@mgs/realtime/channel-react";
import { EVENTS } from "@mgs/realtime/names";
import { useEffectEvent, useMemo, useSyncExternalStore } from "react";
import { useCatchUp } from "../live/use-catch-up";
import { readMessageChanges, readMessages } from "./api";
import { type ConversationStore, createConversationStore } from "./conversation-store";

const told = object({ message });

/** A conversation that stays as the database has it, by events and by asking for what was missed. */
export function useConversation(
  id: number,
  page: MessagePage,
  onArrived: (messages: readonly MessageDto[]) => void,
): { state: ConversationState; store: ConversationStore } {
  const arrived = useEffectEvent(onArrived);
  const store = useMemo(
    () =>
      createConversationStore(
        {
          readPage: (stretch) => readMessages(id, stretch),
          readChanges: (after) => readMessageChanges(id, after),
          onArrived: (messages) => arrived(messages),
        },
        page,
      ),
    [id],
  );
  const state = useSyncExternalStore(store.subscribe, store.get, store.get);
  const hear = (data: unknown) => {
    if (told(data)) void store.hear(data.message);
    else void store.catchUp();
  };
  useChannel(`private-conversation.${id}`, {
    events: { [EVENTS.messageCreated]: hear, [EVENTS.messageUpdated]: hear, [EVENTS.messageDeleted]: hear },
    onListening: () => void store.catchUp(),
  });
  useCatchUp(store.catchUp);
  return { state, store };
}
