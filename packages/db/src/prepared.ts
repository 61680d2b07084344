import { processSingleton } from "@mgs/core/process-singleton";
import { DatabaseError } from "pg";
import type { FailoverPool } from "./failover-pool";
import type { PrismaClient as Database } from "./generated/client";

/** Connection pools by their client; a bundle may hold several copies of this module, which share them. */
const pools = processSingleton("mgs.database-pool-of", () => new WeakMap<Database, FailoverPool>());

/** Registers a client's pool, so that `queryPrepared` bypasses the Prisma client, which costs a quarter of a short statement's time. */
export function rememberPool(database: Database, pool: FailoverPool): void {
  pools().set(database, pool);
}

/** Finds the pool of a client. @throws Error when `createDatabase` did not make the client */
export function poolOf(database: Database): FailoverPool {
  const pool = pools().get(database);
  if (!pool) throw new Error("this database was not made by createDatabase");
  return pool;
}

export type Prepared = {
  /** Each connection plans a statement once under its name, so another text needs another name. */
  name: string;
  text: string;
};

/**
 * Runs a prepared statement of the hot paths in a transaction of its own. The driver converts the columns: `bigint` becomes a
 * text, `timestamptz` a Date.
 */
export async function queryPrepared<Row extends object>(
  database: Database,
  { name, text }: Prepared,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await poolOf(database).query<Row>({ name, text, values: [...values] });
  return rows;
}

/** Matches SQLSTATEs of a connection or server that ends or has no space left. */
const CONNECTION_FAILURE_PATTERN = /^(?:08|40003|53|57P|58|XX)/;

/**
 * Tells whether PostgreSQL refused a statement and rolled it back; false when the connection broke and the outcome is unknown. It
 * reads the SQLSTATE, because a server translates the severity "ERROR", such as to "ERREUR".
 */
export function wasRolledBack(error: unknown): boolean {
  return error instanceof DatabaseError && error.code !== undefined && !CONNECTION_FAILURE_PATTERN.test(error.code);
}

/** Returns the name of the unique constraint that a statement of `queryPrepared` violates, or null. */
export function violatedConstraint(error: unknown): string | null {
  return error instanceof DatabaseError && error.code === "23505" ? (error.constraint ?? null) : null;
}
