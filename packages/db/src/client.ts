import { createHash } from "node:crypto";
import { processSingleton } from "@mgs/core/process-singleton";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool } from "pg";
import { createFailoverPool } from "./failover-pool";
import { Prisma, PrismaClient } from "./generated/client";
import { isPlannedForValues } from "./planned-for-values";
import { poolOf, rememberPool } from "./prepared";

export type Database = PrismaClient;
/** The client that `database.$transaction` passes to its callback. */
export type Transaction = Prisma.TransactionClient;
export { Prisma };

/**
 * The pool closes a connection that was idle for this long. Opening one costs both sides some ten milliseconds (SCRAM, and every
 * statement is planned again), which a burst of requests cannot afford.
 */
const IDLE_CONNECTION_MS = 300_000;

/**
 * Creates a client that connects lazily: the first query opens a connection. When a server ends or takes no writes any more, the
 * pool replaces its connections by new ones.
 * @param pool most connections of this process at the same time
 * @param onFailover is called with the reason, once for each failover
 */
export function createDatabase(url: string, pool = 10, onFailover?: (reason: string) => void): Database {
  const connections = createFailoverPool({
    onFailover,
    connectionString: url,
    max: pool,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: IDLE_CONNECTION_MS,
    // Firewalls and load balancers drop a connection that is silent for longer without informing either side.
    keepAlive: true,
    keepAliveInitialDelayMillis: 60_000,
  });
  // Prisma listens to errors only from its first query on; an idle connection that breaks must not end the process.
  connections.on("error", () => undefined);
  pools().add(connections);
  const adapter = new PrismaPg(connections, {
    // A statement without a name is planned for its values.
    statementNameGenerator: ({ sql }) => (isPlannedForValues(sql) ? "" : statementName(sql)),
  });
  const database = new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
  rememberPool(database, connections);
  // The client ends only a pool that it has used, and prepared statements bypass the client.
  const disconnect = database.$disconnect.bind(database);
  database.$disconnect = async () => {
    await disconnect();
    pools().delete(connections);
    if (!connections.ending) await connections.end();
  };
  return database;
}

const pools = processSingleton("mgs.database-pools", () => new Set<Pool>());

/** Counts the connections of this process, the idle ones among them, and the queries that wait for one. */
export function readPoolStatistics(): { total: number; idle: number; waiting: number } {
  const sum = (count: (pool: Pool) => number) => [...pools()].reduce((total, pool) => total + count(pool), 0);
  return {
    total: sum((pool) => pool.totalCount),
    idle: sum((pool) => pool.idleCount),
    waiting: sum((pool) => pool.waitingCount),
  };
}

/** Names a statement, so that each connection plans it once: planning was half the cost of an insert. */
function statementName(sql: string): string {
  return createHash("sha256").update(sql).digest("base64url").slice(0, 40);
}

/** Tells whether PostgreSQL answers and takes writes. The pool abandons a server that takes none. */
export async function databaseTakesWrites(database: Database): Promise<boolean> {
  try {
    const [row] = await database.$queryRaw<{ isReadOnly: boolean }[]>`
      SELECT current_setting('transaction_read_only') <> 'off' AS "isReadOnly"`;
    if (row?.isReadOnly) poolOf(database).abandon("the server is read-only");
    return row?.isReadOnly === false;
  } catch {
    return false;
  }
}

/** Tells whether a query of the Prisma client violated a unique constraint. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
