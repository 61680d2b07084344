import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import type { Locale } from "@mgs/core/locale";
import type { Database } from "@mgs/db/client";
import { createPeopleDirectory } from "../people.repository";
import { can, requirePermission } from "../permissions";
import { findRoles } from "../roles/roles.repository";
import { type BatchJobRow, type BatchRefusal, findBatchJob, findHandOvers } from "./batch-jobs.repository";
import { isCancellable, PEOPLE_ACTS, type PeopleAct } from "./batch-kinds";

/** How far a job is. */
export type BatchJob = {
  id: string;
  kind: string;
  /** What is done to people; null for a hand-over and an import. */
  act: PeopleAct | null;
  /** The role that they get; its slug for a role that is gone. */
  role: Readonly<Record<Locale, string>> | null;
  created_at: string;
  total: number;
  done: number;
  skipped: number;
  finished: boolean;
  cancelled: boolean;
  /** Whether the actor may stop it now. */
  cancellable: boolean;
  /** Code of what stops it; its batch lies among the failed deliveries when it was tried often enough. */
  error: string | null;
  /** `name` is the person's; null for a line of a file, and for somebody whose account is gone. */
  refusals: readonly (BatchRefusal & { name: string | null })[];
  /** Who gets what is handed over; `name` is null when their account is gone. */
  to: PersonOfJob | null;
  /** Who held it. */
  from: PersonOfJob | null;
};

type PersonOfJob = { id: number; name: string | null };

/** @throws AppError FORBIDDEN, NOT_FOUND */
export async function showBatchJob(deps: { database: Database }, actor: Actor, id: string): Promise<BatchJob> {
  requirePermission(actor, "accounts.read");
  const row = UUID_PATTERN.test(id) ? await findBatchJob(deps.database, id) : null;
  if (!row) throw new AppError("NOT_FOUND");
  const mayCancel = can(actor, row.kind === "import" ? "accounts.import" : "accounts.manage");
  const [job] = await toBatchJobs(deps.database, [row]);
  if (!job) throw new AppError("NOT_FOUND");
  return { ...job, cancellable: job.cancellable && mayCancel };
}

/** The hand-overs of what a person held, latest first. @throws AppError FORBIDDEN */
export async function listHandOvers(deps: { database: Database }, actor: Actor, from: number): Promise<BatchJob[]> {
  requirePermission(actor, "accounts.read");
  return toBatchJobs(deps.database, await findHandOvers(deps.database, from, 5));
}

async function toBatchJobs(database: Database, rows: readonly BatchJobRow[]): Promise<BatchJob[]> {
  const ids = rows.flatMap((row) =>
    [numberIn(row, "to") ?? [], numberIn(row, "from") ?? [], peopleRefused(row)].flat(),
  );
  const [people, roles] = await Promise.all([
    createPeopleDirectory(database).findNames([...new Set(ids)]),
    rows.some((row) => roleOf(row) !== null) ? findRoles(database) : [],
  ]);
  const roleNames = new Map(roles.map(({ slug, nameFr, nameEn }) => [slug, { fr: nameFr, en: nameEn }]));
  return rows.map((row) => toBatchJob(row, people, roleNames));
}

type Payload = { to?: unknown; from?: unknown; act?: unknown; role?: unknown };

function numberIn({ payload }: BatchJobRow, name: "to" | "from"): number | null {
  const value = (payload as Payload)[name];
  return typeof value === "number" ? value : null;
}

function actOf({ payload }: BatchJobRow): PeopleAct | null {
  const { act } = payload as Payload;
  return PEOPLE_ACTS.find((known) => known === act) ?? null;
}

function roleOf(row: BatchJobRow): string | null {
  const { role: slug } = row.payload as Payload;
  return actOf(row) === "change-role" && typeof slug === "string" ? slug : null;
}

/** The refusals of an import name lines of its file. */
const peopleRefused = ({ kind, refusals }: BatchJobRow): number[] =>
  kind === "import" ? [] : (refusals as BatchRefusal[]).map(({ id }) => id);

function toBatchJob(
  row: BatchJobRow,
  names: ReadonlyMap<number, string>,
  roleNames: ReadonlyMap<string, Record<Locale, string>>,
): BatchJob {
  const { id, kind, total, done, skipped } = row;
  const role = roleOf(row);
  const nameOf = (person: number) => (kind === "import" ? null : (names.get(person) ?? null));
  const personIn = (field: "to" | "from"): PersonOfJob | null => {
    const person = numberIn(row, field);
    return person === null ? null : { id: person, name: nameOf(person) };
  };
  return {
    ...{ id, kind, total, done, skipped },
    act: actOf(row),
    role: role === null ? null : (roleNames.get(role) ?? { fr: role, en: role }),
    created_at: row.createdAt.toISOString(),
    finished: row.finishedAt !== null,
    cancelled: row.cancelledAt !== null,
    cancellable: row.finishedAt === null && isCancellable(kind),
    error: row.lastError,
    refusals: (row.refusals as BatchRefusal[]).map((refusal) => ({ ...refusal, name: nameOf(refusal.id) })),
    to: personIn("to"),
    from: personIn("from"),
  };
}
