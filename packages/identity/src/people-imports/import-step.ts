import { audit } from "@mgs/audit/audit.repository";
import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { isUniqueViolation, type Transaction } from "@mgs/db/client";
import { insertOutbox, type OutboxRef } from "@mgs/jobs/outbox.repository";
import { createInvitation } from "../account-links/create-account-link";
import { batchActor } from "../batches/batch-actor";
import type { BatchDeps } from "../batches/batch-deps";
import { advanceBatchJob, type BatchRefusal, findBatchJob, lockBatchJob } from "../batches/batch-jobs.repository";
import { importBatch } from "../batches/batch-kinds";
import { NO_PASSWORD } from "../no-password";
import { batchStep } from "../outbox-kinds";
import { giveRole } from "../people/change-role";
import { differences } from "../people/edit-conflict";
import { lockManagedPerson } from "../people/lock-managed-person";
import { type LockedPerson, updatePerson } from "../people/people.repository";
import { requirePermission } from "../permissions";
import { lockAdministrators } from "../users/accounts.repository";
import { insertNewAccount } from "../users/create-user";
import type { ImportedPerson, PersonBefore, PlannedLine } from "./import-line";
import { findKnownPeople, readImportLines } from "./people-imports.repository";

/** Lines between two commits of the job; each of them is a commit, too. */
const BATCH_SIZE = 50;

/** Does the next lines of an import. A line that was done already changes nothing. @throws AppError FORBIDDEN when the actor has lost the right */
export async function importStep(deps: BatchDeps, jobId: string): Promise<void> {
  const job = await findBatchJob(deps.database, jobId);
  if (!job || job.finishedAt) return;
  const { import_id: importId, invites } = validate(importBatch, job.payload);
  const actor = await batchActor(deps, job);
  requirePermission(actor, "accounts.import");
  const page = { outcomes: ["create", "change"] as const, after: job.cursor, limit: BATCH_SIZE };
  const lines = await readImportLines(deps.database, importId, page);
  let done = 0;
  const refusals: BatchRefusal[] = [];
  for (const line of lines) {
    try {
      await deps.enqueuer.enqueue(await doLine(deps, actor, line, invites));
      done += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusals.push({ id: line.line, code: error.code });
    }
  }
  const refs = await deps.database.$transaction(async (tx) => {
    const current = await lockBatchJob(tx, jobId);
    // Another worker has done these lines meanwhile, or somebody has stopped the job.
    if (current?.cursor !== job.cursor) return [];
    const last = lines.length < BATCH_SIZE;
    const progress = { done, skipped: refusals.length, cursor: lines.at(-1)?.line ?? job.cursor, refusals };
    await advanceBatchJob(tx, current, last ? { ...progress, finishedAt: deps.clock.now() } : progress);
    return last ? [] : insertOutbox(tx, [batchStep.row({ payload: { job_id: jobId } })]);
  });
  await deps.enqueuer.enqueue(refs);
}

async function doLine(deps: BatchDeps, actor: UserActor, line: PlannedLine, invites: boolean): Promise<OutboxRef[]> {
  if (line.outcome === "create") return createPerson(deps, actor, line.person, invites);
  if (line.outcome !== "change") return [];
  return deps.database.$transaction((tx) => changePerson(tx, deps, actor, line));
}

/** @throws AppError EDIT_CONFLICT when somebody else has taken the address meanwhile; what `insertNewAccount` does */
async function createPerson(
  deps: BatchDeps,
  actor: UserActor,
  person: ImportedPerson,
  invites: boolean,
): Promise<OutboxRef[]> {
  try {
    return await deps.database.$transaction(async (tx) => {
      const id = await insertNewAccount(tx, actor, { ...person, passwordHash: NO_PASSWORD });
      await audit(tx, { actor, action: "user.created", subject: id, details: { role: person.role } });
      if (!invites) return [];
      await audit(tx, { actor, action: "user.invited", subject: id });
      return createInvitation(tx, { userId: id, at: deps.clock.now() });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const [stored] = await findKnownPeople(deps.database, [person.email]);
    // This line was done before a crash, or somebody has made just this account.
    if (stored && !stored.hidden && differences(pick(stored), pick(person)).length === 0) return [];
    throw new AppError("EDIT_CONFLICT", { cause: error });
  }
}

/** @throws AppError EDIT_CONFLICT when the person has other values than those that were shown; what `giveRole` does */
async function changePerson(
  tx: Transaction,
  deps: BatchDeps,
  actor: UserActor,
  { personId, person, before }: Extract<PlannedLine, { outcome: "change" }>,
): Promise<OutboxRef[]> {
  const next = pick(person);
  // In the order in which a change of role takes these locks.
  const changes = differences(before, next);
  const givesRole = changes.includes("role");
  if (givesRole) await lockAdministrators(tx);
  const stored = await lockManagedPerson(tx, actor, personId);
  if (differences(stateOf(stored), next).length === 0) return [];
  if (stored.email !== person.email || differences(stateOf(stored), before).length > 0)
    throw new AppError("EDIT_CONFLICT");
  const edited = changes.filter((key) => key !== "role");
  if (edited.length > 0) {
    await updatePerson(tx, personId, { name: next.name, locale: next.locale });
    const of = (values: PersonBefore) => Object.fromEntries(edited.map((key) => [key, values[key]]));
    await audit(tx, {
      actor,
      action: "user.updated",
      subject: personId,
      details: { before: of(before), after: of(next) },
    });
  }
  if (!givesRole) return [];
  return (await giveRole(tx, deps, actor, personId, next.role)).refs;
}

const pick = ({ name, role, locale }: PersonBefore): PersonBefore => ({ name, role, locale });

const stateOf = ({ name, role, locale }: LockedPerson): PersonBefore => ({
  ...{ name, role },
  locale: locale === "en" ? "en" : "fr",
});
