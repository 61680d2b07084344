/** Where a page notes that a person's texts wait in this browser: pages look for it before they load what sends them. */
export const outboxMarkKey = (userId: number): string => `mgs.outbox:${userId}`;

/** Whether texts of a person wait; a browser that stores nothing keeps no texts either. */
export function outboxMark(userId: number): string | null {
  try {
    return localStorage.getItem(outboxMarkKey(userId));
  } catch {
    return null;
  }
}
