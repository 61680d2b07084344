import { uuidv7 } from "@mgs/core/ids";
import { isLocale, type Locale } from "@mgs/core/locale";
import type { Role } from "@mgs/core/roles";
import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import { JOIN_ROLE } from "../users.repository";
import type { LineOutcome, LineProblem, PersonBefore, PlannedLine } from "./import-line";

/** An account with an address of the file, and the rights of its role. */
export type KnownPerson = {
  id: number;
  email: string;
  name: string;
  role: Role;
  locale: Locale;
  hidden: boolean;
  portals: string[];
  permissions: string[];
};

const JOIN_ROLE_SQL = Prisma.raw(JOIN_ROLE);
/** Parameters of one statement are limited, and so are rows of one insert. */
const CHUNK = 5_000;

const chunksOf = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, index) =>
    items.slice(index * CHUNK, (index + 1) * CHUNK),
  );

export async function findKnownPeople(
  database: Database | Transaction,
  emails: readonly string[],
): Promise<KnownPerson[]> {
  const found: KnownPerson[] = [];
  for (const chunk of chunksOf(emails)) {
    const rows = await database.$queryRaw<(Omit<KnownPerson, "locale"> & { locale: string })[]>`
      SELECT u.id, u.email, u.name, u.role, u.locale, u.hidden, r.portals, r.permissions
      FROM users u ${JOIN_ROLE_SQL} WHERE u.email = ANY(${chunk})`;
    found.push(...rows.map((row) => ({ ...row, locale: isLocale(row.locale) ? row.locale : ("fr" as const) })));
  }
  return found;
}

export type NewPeopleImport = {
  createdBy: number;
  fileName: string;
  encoding: string | null;
  delimiter: string;
  ignoredColumns: string[];
};

export type PeopleImportRow = NewPeopleImport & {
  id: string;
  createdAt: Date;
  creates: number;
  changes: number;
  unchanged: number;
  problems: number;
  invites: boolean | null;
  jobId: string | null;
};

/** Keeps what a file would do. @returns its id */
export async function insertPeopleImport(
  database: Database,
  file: NewPeopleImport,
  plan: readonly PlannedLine[],
): Promise<string> {
  const id = uuidv7();
  const count = (outcome: LineOutcome) => plan.filter((line) => line.outcome === outcome).length;
  await database.$transaction(
    async (tx) => {
      await tx.peopleImport.create({
        data: {
          ...{ ...file, id, creates: count("create"), changes: count("change") },
          ...{ unchanged: count("unchanged"), problems: count("bad") },
        },
      });
      for (const chunk of chunksOf(plan)) await insertLines(tx, id, chunk);
    },
    { timeout: 60_000 },
  );
  return id;
}

/** One parameter for all lines: ten thousand of them take a fraction of a second. */
async function insertLines(tx: Transaction, importId: string, lines: readonly PlannedLine[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO people_import_lines (import_id, line, outcome, email, name, role, locale, person_id, before, problems)
    SELECT ${importId}::uuid, l.line, l.outcome, l.email, l.name, l.role, l.locale, l.person_id, l.before,
      coalesce(l.problems, '[]')
    FROM jsonb_to_recordset(${JSON.stringify(lines.map(toRow))}::jsonb) AS l(line int, outcome text, email text, name text,
      role text, locale text, person_id int, before jsonb, problems jsonb)`;
}

function toRow(planned: PlannedLine) {
  const { line, outcome } = planned;
  if (planned.outcome === "bad") return { line, outcome, email: planned.email, problems: planned.problems };
  return {
    ...{ line, outcome, ...planned.person },
    ...(planned.outcome === "create" ? {} : { person_id: planned.personId }),
    ...(planned.outcome === "change" ? { before: planned.before } : {}),
  };
}

export async function findPeopleImport(database: Database | Transaction, id: string): Promise<PeopleImportRow | null> {
  return database.peopleImport.findUnique({ where: { id } });
}

/** Keeps an import to oneself until the transaction ends: of two presses the second finds the job of the first. */
export async function lockPeopleImport(tx: Transaction, id: string): Promise<PeopleImportRow | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM people_imports WHERE id = ${id}::uuid FOR UPDATE`;
  return rows.length === 0 ? null : findPeopleImport(tx, id);
}

export async function setImportJob(
  tx: Transaction,
  id: string,
  { jobId, invites }: { jobId: string; invites: boolean },
): Promise<void> {
  await tx.peopleImport.update({ where: { id }, data: { jobId, invites } });
}

/** Lines of an import in their order, after a line, with one of these outcomes. */
export async function readImportLines(
  database: Database | Transaction,
  importId: string,
  { outcomes, after, limit }: { outcomes: readonly LineOutcome[]; after: number; limit: number },
): Promise<PlannedLine[]> {
  const rows = await database.peopleImportLine.findMany({
    where: { importId, outcome: { in: [...outcomes] }, line: { gt: after } },
    orderBy: { line: "asc" },
    take: limit,
  });
  return rows.map(toPlanned);
}

type LineRow = Awaited<ReturnType<Database["peopleImportLine"]["findMany"]>>[number];

function toPlanned(row: LineRow): PlannedLine {
  const { line, outcome, email, name, role, locale, personId } = row;
  if (outcome === "bad" || email === null || name === null || role === null) {
    return { line, outcome: "bad", email, problems: row.problems as LineProblem[] };
  }
  const person = { email, name, role, locale: locale !== null && isLocale(locale) ? locale : ("fr" as const) };
  if (outcome === "create" || personId === null) return { line, outcome: "create", person };
  if (outcome === "unchanged") return { line, outcome, person, personId };
  return { line, outcome: "change", person, personId, before: row.before as PersonBefore };
}

/** Deletes up to `limit` imports that are older than `maxAgeSeconds`, with their lines. @returns how many */
export async function purgePeopleImports(database: Database, maxAgeSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT "id" FROM "people_imports" WHERE "created_at" < now() - ${maxAgeSeconds}::int * interval '1 second'
      ORDER BY "created_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "people_imports" i USING chosen WHERE i."id" = chosen."id"`;
}
