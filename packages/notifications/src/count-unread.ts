import { type Actor, requireUser } from "@mgs/core/actor";
import type { InboxCount } from "./contract/schemas";
import type { InboxDeps } from "./deps";
import { readInboxState } from "./inbox.repository";

/** Counts the caller's notifications that are neither read nor archived. @throws AppError FORBIDDEN */
export async function countUnread(deps: InboxDeps, actor: Actor): Promise<InboxCount> {
  const { seq, unread_count } = await readInboxState(deps.database, requireUser(actor).userId);
  return { count: unread_count, seq };
}
