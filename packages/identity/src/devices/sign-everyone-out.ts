import { systemClock } from "@mgs/core/clock";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow, OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { everyoneSignedOut } from "../outbox-kinds";
import { closeSession } from "../sessions/close-session";
import { lockLiveSessionsOfEveryone } from "./devices.repository";

/** Sign-ins that one transaction ends: few enough that nobody waits for it. */
const BATCH_SESSIONS = 50;

/** Ends the sign-ins of all people, in batches. An attempt after a crash goes on with those that are left. */
export const signEveryoneOut: OutboxHandler<OutboxPayload<typeof everyoneSignedOut>> = async (
  { database, enqueuer, identityHooks },
  { payload, logger },
) => {
  const { except_id: exceptId, actor: userId } = payload;
  const actor = userId === null ? ({ kind: "system", name: "identity" } as const) : ({ kind: "user", userId } as const);
  const before = new Date(payload.before);
  let ended = 0;
  for (;;) {
    const { count, refs } = await database.$transaction(async (tx) => {
      const sessions = await lockLiveSessionsOfEveryone(tx, { exceptId, before, limit: BATCH_SESSIONS });
      const rows: NewOutboxRow[] = [];
      const end = { at: systemClock.now(), reason: "everyone" } as const;
      for (const session of sessions)
        rows.push(...((await closeSession(tx, identityHooks, actor, session, end)) ?? []));
      return { count: sessions.length, refs: await insertOutbox(tx, rows) };
    });
    await enqueuer.enqueue(refs);
    ended += count;
    if (count === 0) break;
  }
  logger.info({ ended }, "everybody was signed out");
};
