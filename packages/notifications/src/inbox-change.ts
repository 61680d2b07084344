import type { Transaction } from "@mgs/db/client";
import { insertOutbox, type OutboxRef } from "@mgs/jobs/outbox.repository";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { InboxState } from "./contract/schemas";
import type { InboxDeps } from "./deps";
import { lockInbox } from "./inbox.repository";
import { inboxChanged } from "./outbox-kinds";

type Change = { state: InboxState; op: OutboxPayload<typeof inboxChanged>["op"]; ids: string[] };

/** More ids would not fit a frame; a client that gets too few sees a gap in the numbers and fetches the changes. */
const MAX_ANNOUNCED_IDS = 200;

/**
 * Changes an inbox and announces the change: `work` runs under the inbox's lock and returns what it changed, or null for
 * nothing, which is not announced.
 */
export async function changeInbox(
  { database, enqueuer }: Pick<InboxDeps, "database" | "enqueuer">,
  userId: number,
  work: (tx: Transaction) => Promise<Change | null>,
): Promise<InboxState> {
  const { state, refs } = await database.$transaction(async (tx): Promise<{ state: InboxState; refs: OutboxRef[] }> => {
    const before = await lockInbox(tx, userId);
    const change = await work(tx);
    if (!change) return { state: before, refs: [] };
    const { state, op, ids } = change;
    const payload = { user_id: userId, ...state, op, ids: ids.slice(0, MAX_ANNOUNCED_IDS) };
    return { state, refs: await insertOutbox(tx, [inboxChanged.row({ payload })]) };
  });
  await enqueuer.enqueue(refs);
  return state;
}
