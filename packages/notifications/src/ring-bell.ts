import { sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { BellMessage } from "@mgs/module/worker-deps";
import { insertNotification } from "./accept.repository";
import { growNotification } from "./grow-notification";
import { isKeyTaken } from "./idempotency.repository";

/** Whom the product's own messages come from, for their keys. */
const OWNER = "system:bell";

/**
 * Sends a message of the product itself to a person's inbox and open pages, in every portal; with `mailed` also to their mailbox. A message with
 * the same key is sent once, and none to a person who is disabled.
 */
export async function ringBell(deps: { database: Database; enqueuer: Enqueuer }, message: BellMessage): Promise<void> {
  const { key, userId, source = "administration", mailed = false, group, ...content } = message;
  if (group !== undefined && (await growNotification(deps, userId, group, content))) return;
  const requestHash = sha256(JSON.stringify([userId, content]));
  const accepted = await insertNotification(deps.database, {
    ...{ user_id: userId, ...content, source, senderId: null, requestId: null, bearer: null },
    ...{ idempotency: { owner: OWNER, key, requestHash }, mailed, ...(group === undefined ? {} : { group }) },
  }).catch((error: unknown) => {
    if (isKeyTaken(error)) return null;
    throw error;
  });
  if (accepted) await deps.enqueuer.enqueue(accepted.refs);
}
