/** The notification that tells somebody of a conversation: there is one as long as it is unread, and it grows. */
export const noticeGroup = (conversationId: number): string => `conversation:${conversationId}`;
