import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { countLiveSessions } from "./live-sessions.repository";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.$executeRaw`
    INSERT INTO users (id, email, name, password_hash, role) VALUES (1, 'a@mgs.mg', 'A', '-', 'commercial')`;
  // Every tenth has not ended; one is seen each minute.
  await test.database.$executeRaw`
    INSERT INTO user_sessions (id, user_id, oidc_session_uid, last_seen_at, ended_at)
    SELECT gen_random_uuid(), 1, 'uid' || g, now() - g * interval '1 minute', CASE WHEN g % 10 > 0 THEN now() END
    FROM generate_series(1, 20000) g`;
  await test.database.$executeRaw`ANALYZE user_sessions`;
});
afterAll(() => test.drop());

it("counts who is here and was here today, by an index of what has not ended", async () => {
  expect(await countLiveSessions(test.database)).toEqual({ quarterHour: 1, day: 143 });
  const plan = await test.database.$queryRaw<Record<"QUERY PLAN", string>[]>`
    EXPLAIN SELECT count(*) FROM user_sessions WHERE ended_at IS NULL AND last_seen_at > now() - interval '1 day'`;
  const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
  expect(text).toContain("user_sessions_live");
  expect(text).not.toContain("Seq Scan");
});
