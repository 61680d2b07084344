import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import type { LineOutcome, LineProblem, PlannedLine } from "./import-line";
import { findPeopleImport, type PeopleImportRow, readImportLines } from "./people-imports.repository";

const PAGE_LINES = 50;
const READ_LINES = 1_000;

export type PeopleImport = {
  id: string;
  file_name: string;
  created_at: string;
  /** What the bytes were taken for, where that is not plain UTF-8. */
  encoding: string | null;
  delimiter: string;
  ignored_columns: readonly string[];
  creates: number;
  changes: number;
  unchanged: number;
  problems: number;
  job_id: string | null;
};

export type ImportPage = { lines: PlannedLine[]; next: number | null };

/**
 * One's own check of a file, with a page of its lines.
 * @param page.after the last line of the page before
 * @throws AppError FORBIDDEN; NOT_FOUND also for the check of somebody else
 */
export async function showPeopleImport(
  deps: { database: Database },
  actor: Actor,
  { importId, outcomes, after }: { importId: string; outcomes: readonly LineOutcome[]; after: number },
): Promise<PeopleImport & { page: ImportPage }> {
  const row = await requireOwnImport(deps.database, actor, importId);
  const lines = await readImportLines(deps.database, row.id, { outcomes, after, limit: PAGE_LINES + 1 });
  const page = lines.slice(0, PAGE_LINES);
  return {
    ...{ id: row.id, file_name: row.fileName, created_at: row.createdAt.toISOString() },
    ...{ encoding: row.encoding, delimiter: row.delimiter, ignored_columns: row.ignoredColumns },
    ...{ creates: row.creates, changes: row.changes, unchanged: row.unchanged, problems: row.problems },
    job_id: row.jobId,
    page: { lines: page, next: lines.length > PAGE_LINES ? (page.at(-1)?.line ?? null) : null },
  };
}

/** @throws AppError FORBIDDEN, NOT_FOUND */
export async function requireOwnImport(database: Database, actor: Actor, id: string): Promise<PeopleImportRow> {
  requirePermission(actor, "accounts.import");
  const { userId } = requireUser(actor);
  const row = UUID_PATTERN.test(id) ? await findPeopleImport(database, id) : null;
  if (row?.createdBy !== userId) throw new AppError("NOT_FOUND");
  return row;
}

/** Every bad line of one's own check, read while they are taken. @throws AppError FORBIDDEN, NOT_FOUND */
export async function readImportProblems(
  deps: { database: Database },
  actor: Actor,
  importId: string,
): Promise<AsyncIterable<LineProblem & { line: number; email: string | null }>> {
  const { id } = await requireOwnImport(deps.database, actor, importId);
  return problemsOf(deps.database, id);
}

async function* problemsOf(database: Database, id: string) {
  for (let after = 0; ; ) {
    const lines = await readImportLines(database, id, { outcomes: ["bad"], after, limit: READ_LINES });
    for (const line of lines) {
      if (line.outcome !== "bad") continue;
      for (const problem of line.problems) yield { line: line.line, email: line.email, ...problem };
    }
    if (lines.length < READ_LINES) return;
    after = lines.at(-1)?.line ?? after;
  }
}
