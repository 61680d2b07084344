import { afterEach, beforeEach, expect, it } from "vitest";
import { createDatabase, type Database, databaseTakesWrites } from "./client";
import { isDatabaseAway } from "./database-away";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

const POOL_SIZE = 3;
let test: TestDatabase;
let database: Database;
let left: string[];

beforeEach(async () => {
  test = await createTestDatabase();
  left = [];
  database = createDatabase(test.url, POOL_SIZE, (reason) => left.push(reason));
});
afterEach(async () => {
  await database.$disconnect();
  await test.drop();
});

/** Reads the backend of each connection while all of them are in use. */
async function readBackends(): Promise<Set<number>> {
  const rows = await Promise.all(
    Array.from(
      { length: POOL_SIZE },
      () => database.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid FROM pg_sleep(0.3)`,
    ),
  );
  return new Set(rows.flat().map(({ pid }) => pid));
}

it("abandons all connections when the server ends one of them", async () => {
  const before = await readBackends();
  expect(before.size).toBe(POOL_SIZE);
  const [victim = 0] = before;
  await test.database.$queryRaw`SELECT pg_terminate_backend(${victim}::int)`;
  await expect.poll(() => left.join()).toContain("57P01");
  const after = await readBackends();
  expect([...after].filter((pid) => before.has(pid))).toEqual([]);
});

it("closes a connection in use after its work has ended", async () => {
  const before = await readBackends();
  const [victim = 0] = before;
  const [worker] = await database.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    const other = [...before].find((pid) => pid !== rows[0]?.pid) ?? victim;
    await test.database.$queryRaw`SELECT pg_terminate_backend(${other}::int)`;
    await expect.poll(() => left.length).toBe(1);
    return tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  });
  expect(before).toContain(worker?.pid);
  expect(await readBackends()).not.toContain(worker?.pid);
});

it("is ready only while writes are possible, and recovers without a restart", async () => {
  expect(await databaseTakesWrites(database)).toBe(true);
  const [{ name } = { name: "" }] = await database.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
  await test.database.$executeRawUnsafe(`ALTER DATABASE "${name}" SET default_transaction_read_only = on`);
  // Open connections keep the setting with which they began.
  const readOnly = createDatabase(test.url, POOL_SIZE);
  expect(await databaseTakesWrites(readOnly)).toBe(false);
  const refusal = await readOnly.user.deleteMany().catch((error: unknown) => error);
  expect(isDatabaseAway(refusal), String(refusal)).toBe(true);
  await test.database.$executeRawUnsafe(`ALTER DATABASE "${name}" RESET default_transaction_read_only`);
  await expect.poll(() => databaseTakesWrites(readOnly)).toBe(true);
  await readOnly.user.deleteMany();
  await readOnly.$disconnect();
});

it("tells errors of a server that is away from other errors", async () => {
  const nowhere = createDatabase("postgresql://x:y@127.0.0.1:1/x");
  for (const ask of [() => nowhere.user.count(), () => nowhere.$queryRaw`SELECT 1`]) {
    expect(isDatabaseAway(await ask().catch((error: unknown) => error))).toBe(true);
  }
  await nowhere.$disconnect();
  const refusal = await database.$queryRaw`SELECT 1 / 0`.catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Error);
  expect(isDatabaseAway(refusal)).toBe(false);
});
