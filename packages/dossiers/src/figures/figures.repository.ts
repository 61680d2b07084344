import { type Database, Prisma } from "@mgs/db/client";
import { PLANNED_FOR_VALUES } from "@mgs/db/planned-for-values";
import type { Outcome } from "../contract/states";
import { OPEN } from "../dossiers.repository";
import { countDistinct } from "./count-distinct";

/** How many open dossiers somebody has in hand (null: nobody has), and how many of them are overdue. */
export type WaitingRow = { assigneeId: number | null; open: number; overdue: number };

/**
 * Counts open dossiers by who has them in hand, the most first. It steps from one person to the next by the index, and counts each up to a
 * limit: so it costs the same beside a million others. What somebody sees who does not see all is gathered once instead.
 */
export async function readWaiting(
  database: Database,
  visible: Prisma.Sql | null,
  today: string,
  { people, limit }: { people: number; limit: number },
): Promise<WaitingRow[]> {
  if (visible !== null)
    return database.$queryRaw<WaitingRow[]>`${PLANNED_FOR_VALUES}
      SELECT r.assignee_id AS "assigneeId", LEAST(count(*), ${limit}::int)::int AS open,
        LEAST(count(*) FILTER (WHERE r.due_on < ${today}::date), ${limit}::int)::int AS overdue
      FROM dossiers r WHERE ${OPEN} AND ${visible} GROUP BY r.assignee_id
      ORDER BY open DESC, overdue DESC, r.assignee_id LIMIT ${people}`;
  // What is overdue comes first, and is all counted before the limit.
  const countOf = (person: Prisma.Sql) => Prisma.sql`
    SELECT count(*)::int AS open, count(*) FILTER (WHERE due_on < ${today}::date)::int AS overdue
    FROM (SELECT r.due_on FROM dossiers r WHERE ${OPEN} AND ${person}
      ORDER BY COALESCE(r.due_on, 'infinity'::date) LIMIT ${limit}) AS theirs`;
  return database.$queryRaw<WaitingRow[]>`${PLANNED_FOR_VALUES}
    WITH RECURSIVE hand (id) AS (
      (SELECT r.assignee_id FROM dossiers r WHERE ${OPEN} AND r.assignee_id IS NOT NULL ORDER BY r.assignee_id LIMIT 1)
      UNION ALL
      SELECT (SELECT r.assignee_id FROM dossiers r WHERE ${OPEN} AND r.assignee_id > hand.id ORDER BY r.assignee_id LIMIT 1)
      FROM hand WHERE hand.id IS NOT NULL
    ), counted AS (
      SELECT hand.id, c.open, c.overdue
      FROM hand, LATERAL (${countOf(Prisma.sql`r.assignee_id = hand.id`)}) c WHERE hand.id IS NOT NULL
      UNION ALL
      SELECT NULL, c.open, c.overdue FROM (${countOf(Prisma.sql`r.assignee_id IS NULL`)}) c
    )
    SELECT id AS "assigneeId", open, overdue FROM counted WHERE open > 0 ORDER BY open DESC, overdue DESC, id LIMIT ${people}`;
}

/** How many dossiers were decided in a week; it is named by its Monday. */
export type DecisionsRow = { week: string; valide: number; rejete: number };

/** Counts decided dossiers by weeks up to the one of `monday` and by outcome, the oldest first, each up to a limit. */
export async function readDecisions(
  database: Database,
  visible: Prisma.Sql | null,
  { monday, weeks, zone, limit }: { monday: string; weeks: number; zone: string; limit: number },
): Promise<DecisionsRow[]> {
  const join = visible === null ? Prisma.empty : Prisma.sql`JOIN dossiers r ON r.id = d.dossier_id AND ${visible}`;
  const decided = (outcome: Outcome) =>
    countDistinct(
      Prisma.sql`SELECT d.dossier_id FROM dossier_decisions d ${join}
        WHERE d.decided_at >= w.week::timestamp AT TIME ZONE ${zone}
          AND d.decided_at < (w.week + 7)::timestamp AT TIME ZONE ${zone} AND d.outcome = ${outcome}`,
      limit,
    );
  return database.$queryRaw<DecisionsRow[]>`
    SELECT w.week::text, (${decided("valide")}) AS valide, (${decided("rejete")}) AS rejete
    FROM (SELECT ${monday}::date - 7 * back AS week FROM generate_series(0, ${weeks}::int - 1) back) w
    ORDER BY w.week`;
}
