import type { Actor, UserActor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import type { Database, Transaction } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { requirePermission } from "../permissions";
import { closeImpersonation, type ImpersonationEndReason } from "./close-impersonation";
import { findLatest, findUnended, type RunningImpersonation } from "./impersonations.repository";

type EndDeps = { database: Database; clock: Clock; enqueuer: Enqueuer };

/** The administrator behind an impersonated actor, as the trail names them where they act for themself. */
export function administratorOf(actor: UserActor): {
  kind: "user";
  userId: number;
  userSessionId: string;
  clientId: string;
} {
  const { userSessionId, clientId } = actor;
  return { kind: "user", userId: actor.impersonation?.administrator.id ?? actor.userId, userSessionId, clientId };
}

/**
 * Ends what runs in the actor's own browser: its administrator is themself again, without a new sign-in.
 * @returns the person in whose name they acted last, also when that had ended already; null when they never did
 */
export async function endOwnImpersonation(deps: EndDeps, actor: UserActor): Promise<{ userId: number } | null> {
  const { userSessionId } = actor;
  await endFound(deps, administratorOf(actor), { userSessionId }, "ended");
  return findLatest(deps.database, userSessionId);
}

/**
 * Ends what others do in a person's name.
 * @returns how many ended
 * @throws AppError FORBIDDEN
 */
export async function endImpersonationsOf(
  deps: EndDeps,
  actor: Actor,
  input: { userId: number },
): Promise<{ ended: number }> {
  requirePermission(actor, "accounts.impersonate");
  return { ended: await endFound(deps, actor, { userId: input.userId }, "administrator") };
}

async function endFound(
  deps: EndDeps,
  actor: Actor | ReturnType<typeof administratorOf>,
  of: Parameters<typeof findUnended>[1],
  reason: ImpersonationEndReason,
): Promise<number> {
  const refs = await deps.database.$transaction(async (tx) => {
    const rows = await closeAll(tx, actor, await findUnended(tx, of), { at: deps.clock.now(), reason });
    return insertOutbox(tx, rows);
  });
  await deps.enqueuer.enqueue(refs);
  return refs.length;
}

/** Ends several inside the caller's transaction; insert the rows in it. */
export async function closeAll(
  tx: Transaction,
  actor: Parameters<typeof closeImpersonation>[1],
  found: readonly RunningImpersonation[],
  end: { at: Date; reason: ImpersonationEndReason },
): Promise<NewOutboxRow[]> {
  const rows: NewOutboxRow[] = [];
  for (const running of found) rows.push(...((await closeImpersonation(tx, actor, running, end)) ?? []));
  return rows;
}
