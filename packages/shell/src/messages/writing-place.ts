import { conversationApiPath } from "@mgs/messaging/contract/links";
import type { WritingPlace } from "../writing/place";

/** Where the messages of a conversation are written. */
export const placeOfWriting = (conversationId: number): WritingPlace => ({
  key: `conversation-${conversationId}`,
  mentionablePath: (query) => conversationApiPath(conversationId, `mentionable?${query}`),
  draftsPath: conversationApiPath(conversationId, "drafts"),
});
