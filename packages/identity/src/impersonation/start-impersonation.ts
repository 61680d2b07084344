import { audit } from "@mgs/audit/audit.repository";
import { type Actor, requireUser, type UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import type { Portal } from "@mgs/core/portals";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox, type OutboxRef } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { z } from "zod";
import { IMPERSONATION_TTL_SECONDS } from "../lifetimes";
import { securityNoticeRow } from "../notices/security-notice";
import { sessionChanged } from "../outbox-kinds";
import { type LockedPerson, lockPerson } from "../people/people.repository";
import { portalsOpenTo, requireMasterOf, requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import type { SessionEndDeps } from "../sessions/end-session";
import { findUser } from "../users.repository";
import { closeImpersonation } from "./close-impersonation";
import { findUnended, insertImpersonation, lockSignIn } from "./impersonations.repository";
import { isImpersonable } from "./permissions";

const startInput = z.strictObject({
  userId: z.int(),
  reason: z.string().trim().min(1, { error: "REQUIRED" }).max(300, { error: "TOO_LONG" }),
});

export type StartedImpersonation = { id: string; portals: readonly Portal[] };

/**
 * Begins to act in a person's name, in the browser that asks and in no other, for 30 minutes at most. The person is told at once who
 * does it, and why. The same request again finds what the first one began.
 * @returns the portals that the person may open
 * @throws AppError FORBIDDEN, also for a person with a portal that the actor has not; PROOF_REQUIRED; VALIDATION_ERROR; USER_NOT_FOUND;
 *   NOT_IMPERSONABLE; IMPERSONATION_RUNNING when the browser acts for somebody else
 */
export async function startImpersonation(
  deps: Pick<SessionEndDeps, "database" | "clock" | "enqueuer">,
  actor: Actor,
  input: z.input<typeof startInput>,
): Promise<StartedImpersonation> {
  requirePermission(actor, "accounts.impersonate");
  const administrator = requireUser(actor);
  await requireFreshProof(deps, administrator);
  const { userId, reason } = validate(startInput, input);
  if (userId === administrator.userId) throw new AppError("NOT_IMPERSONABLE");
  const self = await findUser(deps.database, administrator.userId);
  const by = { id: administrator.userId, name: self?.name ?? "" };
  const at = deps.clock.now();
  const { refs, ...started } = await deps.database.$transaction((tx) =>
    begin(tx, administrator, { userId, reason, by, at }),
  );
  await deps.enqueuer.enqueue(refs);
  return started;
}

type Beginning = { userId: number; reason: string; by: { id: number; name: string }; at: Date };

async function begin(
  tx: Transaction,
  actor: UserActor,
  beginning: Beginning,
): Promise<StartedImpersonation & { refs: OutboxRef[] }> {
  const { userId, at } = beginning;
  const { userSessionId } = actor;
  if (!(await lockSignIn(tx, userSessionId))) throw new AppError("SESSION_ENDED");
  const person = await lockPerson(tx, userId);
  if (!person) throw new AppError("USER_NOT_FOUND");
  if (!isImpersonable(person)) throw new AppError("NOT_IMPERSONABLE");
  requireMasterOf(actor, person);
  const portals = portalsOpenTo(person);
  const rows: NewOutboxRow[] = [];
  for (const other of await findUnended(tx, { userSessionId })) {
    const isOver = other.expiresAt <= at;
    if (!isOver && other.userId === userId) return { id: other.id, portals, refs: [] };
    if (!isOver) throw new AppError("IMPERSONATION_RUNNING");
    rows.push(...((await closeImpersonation(tx, actor, other, { at, reason: "expired" })) ?? []));
  }
  const id = await write(tx, actor, person, beginning);
  const { reason, by } = beginning;
  const details = { by: by.name, reason };
  rows.push(sessionChanged.row({ payload: { user_session_id: userSessionId, user_id: userId, holders: [] } }));
  rows.push(securityNoticeRow({ userId, notice: "impersonated", at, details }));
  return { id, portals, refs: await insertOutbox(tx, rows) };
}

async function write(
  tx: Transaction,
  actor: UserActor,
  { id: userId }: LockedPerson,
  { reason, at }: Beginning,
): Promise<string> {
  const id = uuidv7();
  const expiresAt = new Date(at.getTime() + IMPERSONATION_TTL_SECONDS * 1_000);
  const { userId: administratorId, userSessionId } = actor;
  await insertImpersonation(tx, { id, administratorId, userId, userSessionId, reason, startedAt: at, expiresAt });
  await audit(tx, { actor, action: "impersonation.started", subject: userId, details: { why: reason, id } });
  return id;
}
