import type { Actor } from "@mgs/core/actor";
import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import type { List } from "@mgs/records/lists/list";
import { visibleDossiers } from "./access.repository";
import { OPEN_STATES } from "./contract/states";
import { DOSSIER_TIME_ZONE } from "./deps";
import type { DossierFilter } from "./dossier-filter";

/** A dossier as it stands in the database. */
export type DossierRow = {
  id: number;
  reference: string;
  title: string;
  description: string;
  typeId: number;
  typeNameFr: string;
  typeNameEn: string;
  state: string;
  stateSince: Date;
  stateReason: string;
  priority: number;
  concernedKind: string;
  concernedName: string;
  concernedContact: string;
  /** `2026-11-30`. */
  dueOn: string | null;
  assigneeId: number | null;
  tags: string[];
  custom: Record<string, unknown>;
  createdBy: number | null;
  createdAt: Date;
  updatedAt: Date;
  originPortal: string | null;
  originUrl: string | null;
  originTitle: string | null;
};

const COLUMNS = Prisma.sql`r.id, r.reference, r.title, r.description, r.type_id AS "typeId", t.name_fr AS "typeNameFr",
  t.name_en AS "typeNameEn", r.state, r.state_since AS "stateSince", r.state_reason AS "stateReason", r.priority,
  r.concerned_kind AS "concernedKind", r.concerned_name AS "concernedName", r.concerned_contact AS "concernedContact",
  r.due_on::text AS "dueOn", r.assignee_id AS "assigneeId", r.tags, r.custom, r.created_by AS "createdBy",
  r.created_at AS "createdAt", r.updated_at AS "updatedAt", r.origin_portal AS "originPortal", r.origin_url AS "originUrl",
  r.origin_title AS "originTitle"`;
/** Open dossiers. The states are written out, as the partial indexes have them: PostgreSQL knows no index of values that come later. */
export const OPEN = Prisma.raw(`r.state IN (${OPEN_STATES.map((state) => `'${state}'`).join(", ")})`);

/** One value is asked for by itself: PostgreSQL keeps the order of an index behind one value, and not behind a list of any length. */
const isOneOf = (column: Prisma.Sql, values: readonly (string | number)[], type: Prisma.Sql): Prisma.Sql =>
  values.length === 1
    ? Prisma.sql`${column} = ${values[0]}::${type}`
    : Prisma.sql`${column} = ANY(${[...values]}::${type}[])`;

/** Dossiers; those without a due date stand behind the others in the order of due dates. */
export const dossierList: List<DossierFilter> = {
  name: "dossiers",
  table: Prisma.sql`dossiers r`,
  id: { value: Prisma.sql`r.id`, type: "integer" },
  sorts: {
    opened: { value: Prisma.sql`r.id`, type: "integer", unique: true },
    due: { value: Prisma.sql`COALESCE(r.due_on, 'infinity'::date)`, type: "date" },
    updated: { value: Prisma.sql`r.updated_at`, type: "timestamptz" },
    priority: { value: Prisma.sql`r.priority`, type: "integer" },
  },
  words: Prisma.sql`r.words`,
  hasStoredWords: true,
  conditions(filter) {
    const { reference, state, type, priority, assignee, tag, due, open, opened, origin, decided, asked } = filter;
    return [
      ...(reference === undefined ? [] : [Prisma.sql`r.reference = ${reference}`]),
      ...(open ? [OPEN] : []),
      ...(state === undefined ? [] : [isOneOf(Prisma.sql`r.state`, state, Prisma.sql`text`)]),
      ...(type === undefined ? [] : [isOneOf(Prisma.sql`r.type_id`, type, Prisma.sql`int`)]),
      ...(priority === undefined ? [] : [isOneOf(Prisma.sql`r.priority`, priority, Prisma.sql`int`)]),
      ...(assignee === undefined
        ? []
        : [assignee === "nobody" ? Prisma.sql`r.assignee_id IS NULL` : Prisma.sql`r.assignee_id = ${assignee}`]),
      ...(tag === undefined ? [] : [Prisma.sql`r.tags @> ARRAY[${tag}]::text[]`]),
      ...(origin === undefined ? [] : [Prisma.sql`r.origin_url = ${origin}`]),
      ...(due === undefined ? [] : [OPEN, dueCondition(due)]),
      ...(opened === undefined ? [] : daysOf(Prisma.sql`r.created_at`, opened)),
      ...(decided === undefined
        ? []
        : [
            Prisma.sql`r.id IN (SELECT d.dossier_id FROM dossier_decisions d
              WHERE ${Prisma.join(decidedCondition(decided), " AND ")})`,
          ]),
      ...(asked === undefined
        ? []
        : [
            Prisma.sql`r.id IN (SELECT o.dossier_id FROM dossier_opinions o
              WHERE ${Prisma.join([AWAITED, ...askedCondition(asked)], " AND ")})`,
          ]),
    ];
  },
};

/** Opinions that are waited for. */
export const AWAITED = Prisma.sql`o.answered_at IS NULL AND o.withdrawn_at IS NULL`;

function askedCondition({ userId, role, dueBefore }: NonNullable<DossierFilter["asked"]>): Prisma.Sql[] {
  const people = [
    ...(userId === undefined ? [] : [Prisma.sql`o.asked_user_id = ${userId}`]),
    ...(role === undefined ? [] : [Prisma.sql`o.asked_role = ${role}`]),
  ];
  return [
    ...(people.length === 0 ? [] : [Prisma.sql`(${Prisma.join(people, " OR ")})`]),
    ...(dueBefore === undefined ? [] : [Prisma.sql`o.due_on < ${dueBefore}::date`]),
  ];
}

const decidedCondition = ({ outcome, ...days }: NonNullable<DossierFilter["decided"]>): Prisma.Sql[] => [
  ...daysOf(Prisma.sql`d.decided_at`, days),
  ...(outcome === undefined ? [] : [Prisma.sql`d.outcome = ${outcome}`]),
];

/** The conditions that a time is in days of Madagascar. */
function daysOf(time: Prisma.Sql, { from, before }: NonNullable<DossierFilter["opened"]>): Prisma.Sql[] {
  const start = (day: string) => Prisma.sql`${day}::timestamp AT TIME ZONE ${DOSSIER_TIME_ZONE}`;
  return [
    ...(from === undefined ? [] : [Prisma.sql`${time} >= ${start(from)}`]),
    ...(before === undefined ? [] : [Prisma.sql`${time} < ${start(before)}`]),
  ];
}

function dueCondition({ from, before }: NonNullable<DossierFilter["due"]>): Prisma.Sql {
  const bounds = [
    ...(from === undefined ? [] : [Prisma.sql`r.due_on >= ${from}::date`]),
    ...(before === undefined ? [] : [Prisma.sql`r.due_on < ${before}::date`]),
  ];
  return bounds.length === 0 ? Prisma.sql`r.due_on IS NOT NULL` : Prisma.join(bounds, " AND ");
}

/** Reads dossiers in the order of the ids. Callers have found the ids by a list, with what the actor may see. */
export async function readDossierRows(database: Database | Transaction, ids: readonly number[]): Promise<DossierRow[]> {
  if (ids.length === 0) return [];
  return database.$queryRaw<DossierRow[]>`
    SELECT ${COLUMNS} FROM unnest(${[...ids]}::int[]) WITH ORDINALITY AS asked (id, place)
    JOIN dossiers r ON r.id = asked.id JOIN dossier_types t ON t.id = r.type_id ORDER BY asked.place`;
}

/** Finds a dossier that an actor sees. */
export async function findDossierRow(
  database: Database | Transaction,
  actor: Actor,
  id: number,
): Promise<DossierRow | null> {
  const visible = visibleDossiers(actor) ?? Prisma.sql`TRUE`;
  const rows = await database.$queryRaw<DossierRow[]>`
    SELECT ${COLUMNS} FROM dossiers r JOIN dossier_types t ON t.id = r.type_id WHERE r.id = ${id} AND ${visible}`;
  return rows[0] ?? null;
}

/** The same for a change: others who change it wait. Lock a dossier before anything else of it. */
export async function lockDossierRow(tx: Transaction, actor: Actor, id: number): Promise<DossierRow | null> {
  const visible = visibleDossiers(actor) ?? Prisma.sql`TRUE`;
  const rows = await tx.$queryRaw<DossierRow[]>`
    SELECT ${COLUMNS} FROM dossiers r JOIN dossier_types t ON t.id = r.type_id WHERE r.id = ${id} AND ${visible}
    FOR UPDATE OF r`;
  return rows[0] ?? null;
}

/** Fields that a change writes. */
export type DossierData = Partial<
  Pick<
    DossierRow,
    | "title"
    | "description"
    | "state"
    | "stateSince"
    | "stateReason"
    | "priority"
    | "concernedKind"
    | "concernedName"
    | "concernedContact"
    | "dueOn"
    | "assigneeId"
    | "tags"
    | "custom"
  >
>;

const toStored = ({ dueOn, custom, ...data }: DossierData) => ({
  ...data,
  ...(dueOn === undefined ? {} : { dueOn: dueOn === null ? null : new Date(`${dueOn}T00:00:00Z`) }),
  ...(custom === undefined ? {} : { custom: custom as Prisma.InputJsonObject }),
});

export async function updateDossier(tx: Transaction, id: number, data: DossierData, at: Date): Promise<void> {
  await tx.dossier.update({ where: { id }, data: { ...toStored(data), updatedAt: at } });
}

type NewDossier = Required<
  Pick<
    DossierRow,
    | "title"
    | "description"
    | "typeId"
    | "priority"
    | "concernedKind"
    | "concernedName"
    | "concernedContact"
    | "dueOn"
    | "assigneeId"
    | "tags"
    | "custom"
    | "createdBy"
    | "originPortal"
    | "originUrl"
    | "originTitle"
  >
> & { reference: string; at: Date };

export async function insertDossier(tx: Transaction, { at, dueOn, custom, ...row }: NewDossier): Promise<number> {
  const { id } = await tx.dossier.create({
    data: {
      ...row,
      dueOn: dueOn === null ? null : new Date(`${dueOn}T00:00:00Z`),
      custom: custom as Prisma.InputJsonObject,
      createdAt: at,
      updatedAt: at,
      stateSince: at,
    },
    select: { id: true },
  });
  return id;
}

/**
 * Takes the next number of a year. Its row is locked until the transaction is over: those who open dossiers at once come one after
 * the other, and a number whose transaction fails is given again. Take it after every other lock.
 */
export async function takeDossierNumber(tx: Transaction, year: number): Promise<number> {
  const rows = await tx.$queryRaw<{ last: number }[]>`
    INSERT INTO dossier_numbers AS n (year, last) VALUES (${year}, 1)
    ON CONFLICT (year) DO UPDATE SET last = n.last + 1 RETURNING last`;
  return rows[0]?.last ?? 1;
}
