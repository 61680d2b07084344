import { type Database, Prisma } from "@mgs/db/client";
import { PLANNED_FOR_VALUES } from "@mgs/db/planned-for-values";
import { AWAITED } from "../dossiers.repository";
import type { AskedRow } from "../opinions/asked-names";
import { countDistinct } from "./count-distinct";

/** Steps from one person or role of whom an opinion is waited for to the next, by the index. */
const stepsOf = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`
  (SELECT ${column} AS id FROM dossier_opinions o WHERE ${AWAITED} AND ${column} IS NOT NULL ORDER BY ${column} LIMIT 1)
  UNION ALL
  SELECT (SELECT ${column} FROM dossier_opinions o WHERE ${AWAITED} AND ${column} > asked.id ORDER BY ${column} LIMIT 1)
  FROM asked WHERE asked.id IS NOT NULL`;
const PERSON = Prisma.sql`o.asked_user_id`;
const ROLE = Prisma.sql`o.asked_role`;

/** Finds the people and the roles of whom opinions are waited for. */
export async function findAwaited(database: Database, visible: Prisma.Sql | null, limit: number): Promise<AskedRow[]> {
  if (visible !== null)
    return database.$queryRaw<AskedRow[]>`${PLANNED_FOR_VALUES}
      SELECT DISTINCT o.asked_user_id AS "askedUserId", o.asked_role AS "askedRole"
      FROM dossier_opinions o JOIN dossiers r ON r.id = o.dossier_id WHERE ${AWAITED} AND ${visible} LIMIT ${limit}`;
  const found = (column: Prisma.Sql) => Prisma.sql`
    WITH RECURSIVE asked AS (${stepsOf(column)}) SELECT id FROM asked WHERE id IS NOT NULL LIMIT ${limit}`;
  return database.$queryRaw<AskedRow[]>`
    SELECT id AS "askedUserId", NULL AS "askedRole" FROM (${found(PERSON)}) AS one
    UNION ALL SELECT NULL, id FROM (${found(ROLE)}) AS several`;
}

/** On how many dossiers an opinion of a person or of a role is waited for, and on how many of them it is late. */
export type AwaitedRow = AskedRow & { open: number; overdue: number };

/** Counts dossiers with awaited opinions by who is asked, the most first, in the same two ways. */
export async function readAwaited(
  database: Database,
  visible: Prisma.Sql | null,
  today: string,
  { people, limit }: { people: number; limit: number },
): Promise<AwaitedRow[]> {
  if (visible !== null)
    return database.$queryRaw<AwaitedRow[]>`${PLANNED_FOR_VALUES}
      SELECT o.asked_user_id AS "askedUserId", o.asked_role AS "askedRole", LEAST(count(DISTINCT r.id), ${limit}::int)::int AS open,
        LEAST(count(DISTINCT r.id) FILTER (WHERE o.due_on < ${today}::date), ${limit}::int)::int AS overdue
      FROM dossier_opinions o JOIN dossiers r ON r.id = o.dossier_id
      WHERE ${AWAITED} AND ${visible} GROUP BY o.asked_user_id, o.asked_role
      ORDER BY open DESC, overdue DESC, o.asked_user_id, o.asked_role LIMIT ${people}`;
  const countOf = (condition: Prisma.Sql) =>
    countDistinct(Prisma.sql`SELECT o.dossier_id FROM dossier_opinions o WHERE ${AWAITED} AND ${condition}`, limit);
  const counted = (column: Prisma.Sql) => Prisma.sql`
    WITH RECURSIVE asked AS (${stepsOf(column)})
    SELECT asked.id, (${countOf(Prisma.sql`${column} = asked.id`)}) AS open,
      (${countOf(Prisma.sql`${column} = asked.id AND o.due_on < ${today}::date`)}) AS overdue
    FROM asked WHERE asked.id IS NOT NULL`;
  return database.$queryRaw<AwaitedRow[]>`${PLANNED_FOR_VALUES}
    SELECT * FROM (
      SELECT id AS "askedUserId", NULL AS "askedRole", open, overdue FROM (${counted(PERSON)}) AS one
      UNION ALL
      SELECT NULL, id, open, overdue FROM (${counted(ROLE)}) AS several
    ) AS awaited ORDER BY open DESC, overdue DESC, "askedUserId", "askedRole" LIMIT ${people}`;
}
