import { type Database, Prisma } from "@mgs/db/client";
import type { ChainedEvent } from "../chain/event-hash";
import type { TrailFilter } from "./trail-filter";

/**
 * Reads the trail at a cost that does not grow with it: no count, no offset, and each filter has an index in the order of the page,
 * which is that of the ids. An id begins with its time (UUID version 7), so a period is a range of ids. docs/query-plans.md shows
 * the plans.
 */

/** An event with its place in the chain; null for one that was written just now. */
export type TrailRow = ChainedEvent & { seq: bigint | null; hash: string | null };

/** Where a page begins: at the newest event, or beside the one with this id. */
export type TrailPosition = { before?: string | undefined; after?: string | undefined };

const ROW = Prisma.sql`e."id"::text AS "id", e."at", e."actor", e."action", e."subject_type" AS "subjectType", e."subject",
  e."user_id" AS "userId", e."ip", e."user_session_id" AS "userSessionId", e."client_id" AS "clientId",
  e."request_id" AS "requestId", e."details",
  e."impersonator_id" AS "impersonatorId", c."seq", encode(c."hash", 'hex') AS "hash"`;

const GROUP = Prisma.sql`split_part(e."action", '.', 1)`;

/** The lowest id that an event of that millisecond can have. */
function lowestId(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, "0").slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

function matches({ group, ip, from, to }: TrailFilter, { before, after }: TrailPosition): Prisma.Sql {
  const conditions = [
    ...(group ? [isOfGroup(group, [from && lowestId(from), after], [to && lowestId(to), before])] : []),
    ...(ip ? [Prisma.sql`e."ip" = ${ip}`] : []),
    ...(from ? [Prisma.sql`e."id" >= ${lowestId(from)}::uuid`] : []),
    ...(to ? [Prisma.sql`e."id" < ${lowestId(to)}::uuid`] : []),
    ...(before ? [Prisma.sql`e."id" < ${before}::uuid`] : []),
    ...(after ? [Prisma.sql`e."id" > ${after}::uuid`] : []),
  ];
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, " AND ");
}

type Bounds = readonly (string | undefined)[];

/**
 * The group and the range of ids as one range of the index of groups. As an equality PostgreSQL would plan for any group, and walk
 * the whole trail for a rare one.
 */
function isOfGroup(group: string, lower: Bounds, upper: Bounds): Prisma.Sql {
  const given = (bounds: Bounds) => bounds.filter((id) => id !== undefined).map((id) => id.toLowerCase());
  const lowest = given(lower).sort().at(-1) ?? "00000000-0000-0000-0000-000000000000";
  const highest = given(upper).sort()[0] ?? "ffffffff-ffff-ffff-ffff-ffffffffffff";
  return Prisma.sql`(${GROUP}, e."id") >= (${group}, ${lowest}::uuid) AND (${GROUP}, e."id") <= (${group}, ${highest}::uuid)`;
}

/**
 * Selects the ids of a page. What a person did, did in another's name, and what concerns them
 * are three indexes, each in the page's order.
 */
function selectPageIds(filter: TrailFilter, position: TrailPosition, limit: number): Prisma.Sql {
  if (!Number.isSafeInteger(limit)) throw new Error("a limit is a whole number");
  const order = position.after ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  // A constant: PostgreSQL plans a LIMIT parameter as a tenth of the table.
  const end = Prisma.sql`ORDER BY "id" ${order} ${Prisma.raw(`LIMIT ${limit}`)}`;
  const list = (condition: Prisma.Sql) =>
    Prisma.sql`SELECT e."id" FROM "audit_events" e WHERE ${condition} AND ${matches(filter, position)} ${end}`;
  if (filter.group !== undefined && filter.user_id === undefined && filter.ip === undefined) {
    return Prisma.sql`SELECT e."id" FROM "audit_events" e WHERE ${matches(filter, position)}
      ORDER BY ${GROUP} ${order}, e."id" ${order} ${Prisma.raw(`LIMIT ${limit}`)}`;
  }
  if (filter.user_id === undefined) return list(Prisma.sql`true`);
  const acted = list(Prisma.sql`e."actor" = ${`user:${filter.user_id}`}`);
  const concerned = list(Prisma.sql`e."user_id" = ${filter.user_id}::int`);
  const impersonated = list(Prisma.sql`e."impersonator_id" = ${filter.user_id}::int`);
  return Prisma.sql`SELECT "id" FROM ((${acted}) UNION (${concerned}) UNION (${impersonated})) p ${end}`;
}

/** Reads `limit` events, the newest first. */
export async function readTrail(
  database: Database,
  filter: TrailFilter,
  position: TrailPosition,
  limit: number,
): Promise<TrailRow[]> {
  return database.$queryRaw<TrailRow[]>`
    SELECT ${ROW} FROM (${selectPageIds(filter, position, limit)}) page
    JOIN "audit_events" e ON e."id" = page."id"
    LEFT JOIN "audit_chain" c ON c."event_id" = page."id"
    ORDER BY page."id" DESC`;
}

export async function findTrailEvent(database: Database, id: string): Promise<TrailRow | null> {
  const [row] = await database.$queryRaw<TrailRow[]>`
    SELECT ${ROW} FROM "audit_events" e LEFT JOIN "audit_chain" c ON c."event_id" = e."id" WHERE e."id" = ${id}::uuid`;
  return row ?? null;
}
