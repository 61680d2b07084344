import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { createDatabase, type Database } from "../client";

/** A database for one test file, copied from the migrated template. */
export type TestDatabase = { url: string; database: Database; drop(): Promise<void> };

/** Environment variables in which the global setup passes the addresses of its servers to tests. */
export const TEST_DATABASE_URL = "MGS_TEST_DATABASE_URL";
export const TEST_TEMPLATE = "mgs_template";

/**
 * Creates a database for a test file.
 * @param migrated false creates an empty database
 * @throws Error when the global setup has not started PostgreSQL
 */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const base = process.env[TEST_DATABASE_URL];
  if (!base) throw new Error("the test run's global setup has not started PostgreSQL");
  const name = `mgs_test_${randomBytes(6).toString("hex")}`;
  await onServer(base, `CREATE DATABASE "${name}" TEMPLATE "${migrated ? TEST_TEMPLATE : "template0"}"`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  const database = createDatabase(url.href, 20);
  return {
    url: url.href,
    database,
    async drop() {
      await database.$disconnect();
      await onServer(base, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
