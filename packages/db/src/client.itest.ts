import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, readPoolStatistics } from "./client";
import { queryPrepared } from "./prepared";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it.each([
  ["only prepared statements", false],
  ["statements of both kinds", true],
])("a client that ran %s closes its connections on disconnect, also when called twice", async (_, both) => {
  const before = readPoolStatistics().total;
  const database = createDatabase(test.url);
  await queryPrepared(database, { name: "one", text: "SELECT 1 AS one" }, []);
  if (both) await database.$queryRaw`SELECT 1`;
  expect(readPoolStatistics().total).toBeGreaterThan(before);
  await database.$disconnect();
  await database.$disconnect();
  expect(readPoolStatistics().total).toBe(before);
  await expect(queryPrepared(database, { name: "one", text: "SELECT 1 AS one" }, [])).rejects.toThrow();
});
