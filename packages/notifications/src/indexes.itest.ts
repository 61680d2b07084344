import { createTestDatabase } from "@mgs/db/testing/test-database";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ACCEPT_STATEMENT } from "./accept.repository";
import { readChanges, readInboxPage } from "./inbox.repository";
import { createFixture, type Fixture } from "./testing/fixture";

const ROW_COUNT = 100_000;
const PEOPLE_COUNT = 200;
let fixture: Fixture;
let plans: Record<string, unknown>[] = [];

/** Returns PostgreSQL's plan of the repository's statement. */
function explaining(database: Fixture["deps"]["database"]): Fixture["deps"]["database"] {
  return database.$extends({
    query: {
      async $queryRaw({ args, query }) {
        plans = (await database.$queryRawUnsafe(
          `EXPLAIN (ANALYZE, FORMAT JSON) ${args.text}`,
          ...args.values,
        )) as typeof plans;
        return query(args);
      },
    },
  }) as unknown as Fixture["deps"]["database"];
}

beforeAll(async () => {
  fixture = await createFixture();
  const { database } = fixture.deps;
  await database.$executeRaw`
    INSERT INTO users (id, email, name, password_hash, role)
    SELECT u, 'many' || u || '@mgs.mg', 'Many', '-', 'direction' FROM generate_series(5, ${PEOPLE_COUNT}::int) u`;
  await database.$executeRaw`
    INSERT INTO inboxes (user_id, seq) SELECT u, ${ROW_COUNT / PEOPLE_COUNT}::int FROM generate_series(1, ${PEOPLE_COUNT}::int) u`;
  await database.$executeRaw`
    INSERT INTO notifications (id, user_id, seq, type, titre, message, source, read_at, archived_at, deleted_at)
    SELECT
      encode(int8send(((1790000000000 + g) << 16) | 28672) || substring(uuid_send(gen_random_uuid()) FROM 9), 'hex')::uuid,
      1 + g % ${PEOPLE_COUNT}::int, 1 + g / ${PEOPLE_COUNT}::int, 't', 'titre', 'message', 'erp',
      CASE WHEN g / ${PEOPLE_COUNT}::int % 20 > 0 THEN now() END, CASE WHEN g / ${PEOPLE_COUNT}::int % 10 = 1 THEN now() END,
      CASE WHEN g / ${PEOPLE_COUNT}::int % 10 = 2 THEN now() END
    FROM generate_series(0, ${ROW_COUNT}::int - 1) g`;
  await database.$executeRaw`ANALYZE notifications`;
});
afterAll(() => fixture.test.drop());

it.each([
  ["all", "notifications_inbox"],
  ["unread", "notifications_unread"],
  ["archived", "notifications_archived"],
] as const)("a page of %s reads %s and little of it", async (filter, index) => {
  for (const cursor of [undefined, "ffffffff-ffff-7fff-bfff-ffffffffffff"]) {
    const page = await readInboxPage(explaining(fixture.deps.database), 1, { filter, cursor, limit: 21 });
    const plan = JSON.stringify(plans);
    expect(page.rows.length).toBeGreaterThan(0);
    expect(plan).toContain(`"Index Name":"${index}"`);
    expect(plan).not.toMatch(/"Node Type":"(Seq Scan|Sort)","[^}]*"Relation Name":"notifications"/);
  }
});

it("a send reads users and tokens by index, not by a sequential scan", async () => {
  const test = await createTestDatabase();
  const client = new Client({ connectionString: test.url });
  await client.connect();
  try {
    await client.query(`INSERT INTO users (id, email, name, password_hash, role)
      SELECT u, 'many' || u || '@mgs.mg', 'Many', '-', 'direction' FROM generate_series(1, 20000) u`);
    await client.query(`INSERT INTO oidc_payloads (model, id_hash, payload, client_id, expires_at)
      SELECT 'AccessToken', 'hash' || n, 'sealed', 'erp', now() + interval '1 hour' FROM generate_series(1, 20000) n`);
    await client.query("ANALYZE users, oidc_payloads");
    await client.query(`PREPARE accept AS ${ACCEPT_STATEMENT}`);
    for (const mode of ["force_generic_plan", "force_custom_plan"]) {
      await client.query(`SET plan_cache_mode = ${mode}`);
      const { rows } = await client.query("EXPLAIN EXECUTE accept('[]')");
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      expect(plan).toContain("accepted");
      expect(plan).not.toMatch(/Seq Scan on (users|oidc_payloads|user_sessions|notifications|outbox|inboxes)/);
    }
  } finally {
    await client.end();
    await test.drop();
  }
});

it("changes are read by the index on their numbers", async () => {
  const { rows } = await readChanges(explaining(fixture.deps.database), 1, ROW_COUNT / PEOPLE_COUNT - 50, 201);
  expect(rows.length).toBe(50);
  expect(JSON.stringify(plans)).toContain('"Index Name":"notifications_user_id_seq_idx"');
});
