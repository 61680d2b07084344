import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import { CHAIN_START, type ChainedEvent, type ChainLink } from "./event-hash";

/** A row of the chain with its event; null when the event is gone. */
export type ChainRow = ChainLink & { eventId: string; event: ChainedEvent | null };

const EVENT_COLUMNS = Prisma.sql`e."id"::text AS "id", e."at", e."actor", e."action", e."subject_type" AS "subjectType", e."subject",
  e."user_id" AS "userId", e."ip", e."user_session_id" AS "userSessionId", e."client_id" AS "clientId",
  e."request_id" AS "requestId", e."details",
  e."impersonator_id" AS "impersonatorId"`;

/** Takes the lock of the chain's writer until the end of the transaction. @returns false when another process has it */
export async function tryLockChain(tx: Transaction): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtext('mgs.audit-chain')) AS "taken"`;
  return row?.taken === true;
}

export async function hasUnchained(database: Database): Promise<boolean> {
  const rows = await database.$queryRaw<unknown[]>`SELECT 1 FROM "audit_unchained" LIMIT 1`;
  return rows.length > 0;
}

/** Reads the oldest events that wait to be chained. */
export async function readUnchained(tx: Transaction, limit: number): Promise<ChainedEvent[]> {
  return tx.$queryRaw<ChainedEvent[]>`
    SELECT ${EVENT_COLUMNS} FROM "audit_unchained" u JOIN "audit_events" e ON e."id" = u."event_id"
    ORDER BY u."event_id" LIMIT ${limit}`;
}

/** Appends links to the chain, each with the id of its event, and takes the events off the list of those that wait. */
export async function appendLinks(tx: Transaction, links: readonly (ChainLink & { eventId: string })[]): Promise<void> {
  const ids = links.map(({ eventId }) => eventId);
  await tx.$executeRaw`
    INSERT INTO "audit_chain" ("seq", "event_id", "hash")
    SELECT l."seq", l."event_id", decode(l."hash", 'hex') FROM unnest(
      ${links.map(({ seq }) => seq)}::bigint[], ${ids}::uuid[], ${links.map(({ hash }) => hash)}::text[]
    ) AS l("seq", "event_id", "hash")`;
  await tx.$executeRaw`DELETE FROM "audit_unchained" WHERE "event_id" = ANY(${ids}::uuid[])`;
}

/** Reads the last link: of the chain, else of the stretch that was removed last. */
export async function readHead(database: Database | Transaction): Promise<ChainLink> {
  const [head] = await database.$queryRaw<ChainLink[]>`
    SELECT "seq", encode("hash", 'hex') AS "hash" FROM "audit_chain" ORDER BY "seq" DESC LIMIT 1`;
  return head ?? readAnchor(database);
}

/** Reads the last link that retention has removed; the chain's start when it has removed none. */
export async function readAnchor(database: Database | Transaction): Promise<ChainLink> {
  const [anchor] = await database.$queryRaw<ChainLink[]>`
    SELECT "through_seq" AS "seq", encode("hash", 'hex') AS "hash" FROM "audit_anchors" ORDER BY "through_seq" DESC LIMIT 1`;
  return anchor ?? CHAIN_START;
}

/** Reads links with their events, in their order. */
export async function readChain(database: Database, after: bigint, limit: number): Promise<ChainRow[]> {
  const rows = await database.$queryRaw<(ChainedEvent & ChainLink & { eventId: string; id: string | null })[]>`
    SELECT c."seq", c."event_id"::text AS "eventId", encode(c."hash", 'hex') AS "hash", ${EVENT_COLUMNS}
    FROM "audit_chain" c LEFT JOIN "audit_events" e ON e."id" = c."event_id"
    WHERE c."seq" > ${after} ORDER BY c."seq" LIMIT ${limit}`;
  return rows.map(({ seq, eventId, hash, ...event }) => ({
    seq,
    eventId,
    hash,
    event: event.id === null ? null : event,
  }));
}

/** Finds the hash of one link; null when the chain has no such number. */
export async function findLinkHash(database: Database, seq: bigint): Promise<string | null> {
  const [link] = await database.$queryRaw<{ hash: string }[]>`
    SELECT encode("hash", 'hex') AS "hash" FROM "audit_chain" WHERE "seq" = ${seq}
    UNION ALL SELECT encode("hash", 'hex') FROM "audit_anchors" WHERE "through_seq" = ${seq}`;
  return link?.hash ?? null;
}

export async function countUnchained(database: Database): Promise<number> {
  const [row] = await database.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS "waiting" FROM "audit_unchained"`;
  return row?.waiting ?? 0;
}

/**
 * Finds an event that is neither chained nor waits for it, or one that waits and is gone. It happens when somebody has gone
 * round the triggers. Both tables are read once, in one snapshot.
 */
export async function findStrayEvent(database: Database): Promise<{ id: string; isGone: boolean } | null> {
  const [gone] = await database.$queryRaw<{ id: string }[]>`
    SELECT u."event_id"::text AS "id" FROM "audit_unchained" u
    WHERE NOT EXISTS (SELECT 1 FROM "audit_events" e WHERE e."id" = u."event_id") LIMIT 1`;
  if (gone) return { id: gone.id, isGone: true };
  const [stray] = await database.$queryRaw<{ id: string }[]>`
    SELECT e."id"::text AS "id" FROM "audit_events" e
    WHERE NOT EXISTS (SELECT 1 FROM "audit_chain" c WHERE c."event_id" = e."id")
      AND NOT EXISTS (SELECT 1 FROM "audit_unchained" u WHERE u."event_id" = e."id") LIMIT 1`;
  return stray ? { id: stray.id, isGone: false } : null;
}
