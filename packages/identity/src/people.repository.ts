import type { Database } from "@mgs/db/client";

/** A person as pages of the realtime console show them. */
type PersonName = { id: number; name: string };

/** Names of those that exist. */
async function findNames(database: Database, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await database.$queryRaw<PersonName[]>`
    SELECT "id", "name" FROM "users" WHERE "id" = ANY(${[...ids]}::int[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Whose devices rows of `user_sessions` are, by their ids. */
async function findSessionOwners(database: Database, ids: readonly string[]): Promise<Map<string, PersonName>> {
  if (ids.length === 0) return new Map();
  const rows = await database.$queryRaw<(PersonName & { session: string })[]>`
    SELECT s."id"::text AS "session", u."id", u."name" FROM "user_sessions" s JOIN "users" u ON u."id" = s."user_id"
    WHERE s."id" = ANY(${[...ids]}::uuid[])`;
  return new Map(rows.map(({ session, id, name }) => [session, { id, name }]));
}

/** A device that a person is signed in on; `recent` when it asked for something within a day. */
type SignedInDevice = { id: string; recent: boolean };

async function listSignedInDevices(database: Database, userId: number): Promise<SignedInDevice[]> {
  return database.$queryRaw<SignedInDevice[]>`
    SELECT "id"::text AS "id", "last_seen_at" > now() - interval '1 day' AS "recent" FROM "user_sessions"
    WHERE "user_id" = ${userId} AND "ended_at" IS NULL ORDER BY "id"`;
}

/** Looks people up for a package that knows their ids alone. */
export function createPeopleDirectory(database: Database) {
  return {
    findNames: (ids: readonly number[]) => findNames(database, ids),
    findSessionOwners: (sessionIds: readonly string[]) => findSessionOwners(database, sessionIds),
    listDevices: (userId: number) => listSignedInDevices(database, userId),
  };
}
