import { createHash } from "node:crypto";
import { once } from "@mgs/core/once";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { Prisma, PrismaClient } from "./generated/client";
import { rememberPool } from "./prepared";

export type Database = PrismaClient;
/** What a use case receives inside `database.$transaction`. */
export type Transaction = Prisma.TransactionClient;
export { Prisma };

/**
 * Milliseconds after which a connection that nobody used is closed. Opening one costs both sides some ten milliseconds of
 * work (SCRAM, and every statement is planned anew), and a burst needs it just when there is no time for that.
 */
const IDLE_CONNECTION = 300_000;

/**
 * Connects lazily: nothing is opened before the first query.
 * @param pool most connections this process holds at once
 */
export function createDatabase(url: string, pool = 10): Database {
  const connections = new Pool({
    connectionString: url,
    max: pool,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: IDLE_CONNECTION,
    // What lies between may forget a connection that is silent for so long, and say so to nobody.
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

const pools = once("mgs.database-pools", () => new Set<Pool>());

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

/** True when PostgreSQL answers. */
export async function databaseAnswers(database: Database): Promise<boolean> {
  try {
    await database.$queryRaw`SELECT 1`;
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL error code behind a Prisma error (such as 23505 or Prisma's P2002), or undefined. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
