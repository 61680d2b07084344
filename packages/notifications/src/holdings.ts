import type { Holdings } from "@mgs/module/holdings";
import { countUnreadUpTo, moveUnread, readUnread } from "./holdings.repository";
import { inboxChanged } from "./outbox-kinds";

/** A broadcast names no more ids than fit into its 9 kB; a page without them fetches the changes by number. */
const MAX_NAMED_IDS = 100;

/** What a person has not read yet when they leave goes to the inbox of their colleague, unread. */
export const unreadNotifications: Holdings = {
  name: "unread-notifications",
  count: countUnreadUpTo,
  list: readUnread,
  async handOver(tx, { from, to, limit }) {
    const { ids, seq, unreadCount } = await moveUnread(tx, { from, to, limit: Math.min(limit, MAX_NAMED_IDS) });
    if (ids.length === 0) return { moved: 0, rows: [] };
    const payload = { user_id: to, seq, unread_count: unreadCount, op: "updated" as const, ids };
    return { moved: ids.length, rows: [inboxChanged.row({ payload })] };
  },
};
