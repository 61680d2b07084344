import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, poolStatistics } from "./client";
import { prepared } from "./prepared";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it.each([
  ["only prepared statements", false],
  ["statements of both kinds", true],
])("a client that ran %s ends its connections, and can be ended twice", async (_, both) => {
  const before = poolStatistics().total;
  const database = createDatabase(test.url);
  await prepared(database, { name: "one", text: "SELECT 1 AS one" }, []);
  if (both) await database.$queryRaw`SELECT 1`;
  expect(poolStatistics().total).toBeGreaterThan(before);
  await database.$disconnect();
  await database.$disconnect();
  expect(poolStatistics().total).toBe(before);
  await expect(prepared(database, { name: "one", text: "SELECT 1 AS one" }, [])).rejects.toThrow();
});
