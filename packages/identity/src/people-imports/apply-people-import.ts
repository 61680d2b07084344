import { isDeepStrictEqual } from "node:util";
import { audit } from "@mgs/audit/audit.repository";
import { type Actor, requireUser, type UserActor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import type { Database, Transaction } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { insertBatchJob } from "../batches/batch-jobs.repository";
import { batchStep } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { findRoles } from "../roles/roles.repository";
import type { PlannedLine } from "./import-line";
import {
  findKnownPeople,
  lockPeopleImport,
  type PeopleImportRow,
  readImportLines,
  setImportJob,
} from "./people-imports.repository";
import { planImport } from "./plan-import";
import { requireOwnImport } from "./show-people-import";

/** Writing thousands of lines down once more takes its time. */
const TIMEOUT_MS = 60_000;
const READ_LINES = 5_000;

/**
 * Starts the import of a file that was checked: the worker does what was shown, line by line. Asked again, it names the job that goes on.
 * @param input.invites new people get an invitation by mail
 * @throws AppError FORBIDDEN; PROOF_REQUIRED; NOT_FOUND; IMPORT_REFUSED when lines of the file are bad, or none of them changes
 *   anything; IMPORT_OUTDATED when the accounts have changed so that the outcome would be another one
 */
export async function applyPeopleImport(
  deps: { database: Database; clock: Clock; enqueuer: Enqueuer },
  actor: Actor,
  input: { importId: string; invites: boolean },
): Promise<{ jobId: string }> {
  requirePermission(actor, "accounts.import");
  await requireFreshProof(deps, actor);
  const person = requireUser(actor);
  const { id } = await requireOwnImport(deps.database, actor, input.importId);
  const { jobId, refs } = await deps.database.$transaction(
    async (tx) => {
      const file = await lockPeopleImport(tx, id);
      if (!file) throw new AppError("NOT_FOUND");
      if (file.jobId !== null) return { jobId: file.jobId, refs: [] };
      return startImport(tx, person, file, input.invites);
    },
    { timeout: TIMEOUT_MS },
  );
  await deps.enqueuer.enqueue(refs);
  return { jobId };
}

async function startImport(tx: Transaction, actor: UserActor, file: PeopleImportRow, invites: boolean) {
  const total = file.creates + file.changes;
  if (file.problems > 0 || total === 0) throw new AppError("IMPORT_REFUSED");
  if (await isOutdated(tx, actor, file.id)) throw new AppError("IMPORT_OUTDATED");
  const { userId: createdBy, userSessionId } = actor;
  const payload = { import_id: file.id, invites };
  const jobId = await insertBatchJob(tx, { kind: "import", payload, total, createdBy, userSessionId });
  await setImportJob(tx, file.id, { jobId, invites });
  const details = { added: file.creates, changed: file.changes, file: file.fileName, job: jobId };
  await audit(tx, { actor, action: "users.imported", details: { ...details, invited: invites ? "yes" : "no" } });
  return { jobId, refs: await insertOutbox(tx, [batchStep.row({ payload: { job_id: jobId } })]) };
}

/** Plans the kept lines once more with the accounts as they are now, and compares. */
async function isOutdated(tx: Transaction, actor: Actor, importId: string): Promise<boolean> {
  const shown = await readAllLines(tx, importId);
  const lines = shown.flatMap((planned) => ("person" in planned ? [{ line: planned.line, ...planned.person }] : []));
  const [known, roles] = await Promise.all([
    findKnownPeople(
      tx,
      lines.map(({ email }) => email),
    ),
    findRoles(tx),
  ]);
  const read = lines.map((line) => ({ ...line, problems: [] }));
  const plan = planImport(read, { names: {} }, { role: undefined }, { actor, roles, known });
  return !isDeepStrictEqual(plan, shown);
}

async function readAllLines(tx: Transaction, importId: string): Promise<PlannedLine[]> {
  const outcomes = ["create", "change", "unchanged"] as const;
  const all: PlannedLine[] = [];
  for (let after = 0; ; ) {
    const lines = await readImportLines(tx, importId, { outcomes, after, limit: READ_LINES });
    all.push(...lines);
    if (lines.length < READ_LINES) return all;
    after = lines.at(-1)?.line ?? after;
  }
}
