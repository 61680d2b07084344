/** The key of a record's open comments, in their column `discussion` and in the streams of numbers. */
export const openDiscussionKey = (type: string, id: string): string => `${type}:${id}`;

/** The key of a private thread's comments. */
export const threadKey = (threadId: string): string => `thread:${threadId}`;
