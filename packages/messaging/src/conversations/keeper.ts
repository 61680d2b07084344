import type { ConversationRow } from "./conversations.repository";

/**
 * Whether somebody may take others out of a conversation: who made it, or, when they have left, whoever has been in it the longest.
 * @param there its people, the longest first
 */
export const isKeeper = (
  userId: number,
  { createdBy, pair }: Pick<ConversationRow, "createdBy" | "pair">,
  there: readonly number[],
): boolean => pair === null && (there.includes(createdBy) ? createdBy : there[0]) === userId;
