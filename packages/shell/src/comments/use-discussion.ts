"use client";
import { type CommentDto, type CommentPage, comment } from "@mgs/comments/contract/comment";
import type { DiscussionState } from "@mgs/comments/contract/discussion-state";
import { useChannel } from "@mgs/realtime/channel-react";
import { EVENTS } from "@mgs/realtime/names";
import { useEffectEvent, useMemo, useSyncExternalStore } from "react";
import { useCatchUp } from "../live/use-catch-up";
import { type CommentedRecord, readCommentChanges, readCommentPage } from "./api";
import { createDiscussionStore, type DiscussionStore } from "./discussion-store";

/** A discussion that stays as the database has it, by events and by asking for what was missed. */
export function useDiscussion(
  record: CommentedRecord,
  channel: string,
  page: CommentPage,
  onArrived: (comments: readonly CommentDto[]) => void,
): { state: DiscussionState; store: DiscussionStore } {
  const arrived = useEffectEvent(onArrived);
  const store = useMemo(
    () =>
      createDiscussionStore(
        {
          readPage: (before) => readCommentPage(record, before),
          readChanges: (after) => readCommentChanges(record, after),
          onArrived: (comments) => arrived(comments),
        },
        page,
      ),
    [record.segment, record.id, record.threadId],
  );
  const state = useSyncExternalStore(store.subscribe, store.get, store.get);

  const hear = (data: unknown) => {
    if (comment(data)) void store.hear(data);
    else void store.catchUp();
  };
  useChannel(`private-${channel}`, {
    events: { [EVENTS.commentCreated]: hear, [EVENTS.commentUpdated]: hear, [EVENTS.commentDeleted]: hear },
    onListening: () => void store.catchUp(),
  });

  useCatchUp(store.catchUp);
  return { state, store };
}
