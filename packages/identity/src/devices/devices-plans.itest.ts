import type { UserActor } from "@mgs/core/actor";
import { readPlans } from "@mgs/db/testing/read-plans";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listDevices } from "./list-devices";

const PEOPLE = 1_000;
/** Of each person; four of them are live. */
const SIGN_INS = 20;

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  const { database } = test;
  await database.$executeRaw`
    INSERT INTO users (id, email, name, password_hash, role)
    SELECT n, 'p' || n || '@mgs.mg', 'P', '-', 'direction' FROM generate_series(1, ${PEOPLE}::int) n`;
  await database.$executeRaw`
    INSERT INTO user_sessions (id, user_id, oidc_session_uid, last_seen_at, ended_at, end_reason)
    SELECT gen_random_uuid(), 1 + n % ${PEOPLE}::int, 's' || n, now() - n * interval '1 second',
      CASE WHEN n / ${PEOPLE}::int < 4 THEN NULL ELSE now() - n * interval '1 second' END, 'deactivated'
    FROM generate_series(0, ${PEOPLE * SIGN_INS}::int - 1) n`;
  await database.$executeRaw`
    INSERT INTO clients (id, name, secret_hash, first_party, machine, redirect_uris, post_logout_redirect_uris, scopes)
    VALUES ('erp', 'ERP', '-', false, false, '{}', '{}', '{}')`;
  await database.$executeRaw`
    INSERT INTO session_clients (user_session_id, client_id)
    SELECT id, 'erp' FROM user_sessions WHERE ended_at IS NULL`;
  await database.$executeRaw`
    INSERT INTO logout_deliveries (user_session_id, client_id, outbox_id)
    SELECT id, 'erp', gen_random_uuid() FROM user_sessions WHERE ended_at IS NOT NULL`;
  await database.$executeRaw`
    INSERT INTO outbox (id, queue, kind, payload) SELECT outbox_id, 'default', 'x', '{}' FROM logout_deliveries`;
  await database.$executeRaw`ANALYZE`;
});
afterAll(() => test.drop());

it("a person's devices, their applications and their logout tokens are read by keys, whoever else has devices", async () => {
  const actor: UserActor = {
    ...{ kind: "user", userId: 7, role: "direction", locale: "fr", scopes: [], clientId: "commercial" },
    userSessionId: "019ac000-0000-7000-8000-000000000000",
  };
  const { readFrom, blocks } = await readPlans(test.url, async (database) => {
    const devices = await listDevices({ database, locateAddress: async () => null }, actor, {
      ...{ userId: 7, locale: "fr" },
    });
    expect([devices.live.length, devices.ended.length]).toEqual([4, SIGN_INS - 4]);
    expect(devices.ended[0]?.end?.logouts).toHaveLength(1);
  });
  expect(readFrom).toEqual(
    expect.arrayContaining([
      ...["user_sessions_user_id_ended_at_idx", "session_clients_pkey", "logout_deliveries_pkey", "outbox_pkey"],
    ]),
  );
  expect(readFrom.filter((source) => source.startsWith("all of") && source !== "all of clients")).toEqual([]);
  // 20 sign-ins, four applications, 16 logout tokens and their rows of the outbox: a few blocks of an index and a row for each.
  expect(blocks).toBeLessThan(300);
});
