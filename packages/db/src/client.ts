import { createHash } from "node:crypto";
import { processSingleton } from "@mgs/core/process-singleton";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool } from "pg";
import { createFailoverPool } from "./failover-pool";
import { Prisma, PrismaClient } from "./generated/client";
import { poolOf, rememberPool } from "./prepared";

export type Database = PrismaClient;
/** The client that `database.$transaction` hands to its callback. */
export type Transaction = Prisma.TransactionClient;
export { Prisma };

/**
 * The pool closes a connection that was idle for so long. Opening one costs both sides some ten milliseconds of work (SCRAM, and
 * every statement is planned anew), and a burst needs it just when there is no time for that.
 */
const IDLE_CONNECTION_MS = 300_000;

/**
 * Connects lazily: the first query opens a connection. The pool leaves a server that ends or takes no writes any more for the one
 * that new connections reach.
 * @param pool most connections this process holds at once
 * @param onFailover is called with the reason, once for each failover
 */
export function createDatabase(url: string, pool = 10, onFailover?: (reason: string) => void): Database {
  const connections = createFailoverPool({
    onFailover,
    connectionString: url,
    max: pool,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: IDLE_CONNECTION_MS,
    // Firewalls and load balancers drop a connection that is silent for longer, and tell neither side.
    keepAlive: true,
    keepAliveInitialDelayMillis: 60_000,
  });
  // Prisma listens only from its own first query on; an idle connection that breaks must not end the process.
  connections.on("error", () => undefined);
  pools().add(connections);
  const adapter = new PrismaPg(connections, {
    statementNameGenerator: ({ sql }) => statementName(sql),
  });
  const database = new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
  rememberPool(database, connections);
  // The client ends a pool that it has used; statements that went around it leave one that it never saw.
  const disconnect = database.$disconnect.bind(database);
  database.$disconnect = async () => {
    await disconnect();
    pools().delete(connections);
    if (!connections.ending) await connections.end();
  };
  return database;
}

const pools = processSingleton("mgs.database-pools", () => new Set<Pool>());

/** Connections of this process: open, idle of them, and queries that wait for one. */
export function poolStatistics(): { total: number; idle: number; waiting: number } {
  const sum = (count: (pool: Pool) => number) => [...pools()].reduce((total, pool) => total + count(pool), 0);
  return {
    total: sum((pool) => pool.totalCount),
    idle: sum((pool) => pool.idleCount),
    waiting: sum((pool) => pool.waitingCount),
  };
}

/** Named statements are planned once a connection: planning was half the cost of an insert. */
function statementName(sql: string): string {
  return createHash("sha256").update(sql).digest("base64url").slice(0, 40);
}

/** True when PostgreSQL answers and takes writes. The pool leaves a server that takes none. */
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

/** True when a query of the Prisma client was refused because a unique value is taken. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
