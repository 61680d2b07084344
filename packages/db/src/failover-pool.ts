import type { EventEmitter } from "node:events";
import { Client, type ClientConfig, type DatabaseError, Pool, type PoolClient, type PoolConfig } from "pg";

/** A pool that abandons its server when that server takes no writes any more. */
export type FailoverPool = Pool & {
  /** Closes every open connection: idle ones at once, and those in use when they are released. */
  abandon(reason: string): void;
};

export type FailoverPoolOptions = PoolConfig & {
  /** Called with the first failure of a failover; further ones within `SAME_FAILOVER_MS` belong to the same one. */
  onFailover?: ((reason: string) => void) | undefined;
};

/** The pool abandons its connections at most once in this time: new ones may still reach the old server. */
const MIN_ABANDON_INTERVAL_MS = 1_000;
const SAME_FAILOVER_MS = 60_000;

/**
 * SQLSTATEs of a server that ends or takes no writes: connection exceptions, read_only_sql_transaction, admin_shutdown,
 * crash_shutdown and cannot_connect_now.
 */
const SERVER_GONE_PATTERN = /^(?:08...|25006|57P0[123])$/;

/** Parameters that PostgreSQL (14 and later) reports by itself, at the beginning of a connection and when they change. */
const READ_ONLY_PARAMETERS: readonly string[] = ["in_hot_standby", "default_transaction_read_only"];

/** Tells whether a SQLSTATE means that the server is stopping or takes no writes. */
export function isServerGone(sqlState: string | undefined): boolean {
  return sqlState !== undefined && SERVER_GONE_PATTERN.test(sqlState);
}

/**
 * Creates a pool for a PostgreSQL whose primary may change behind one address while the old one stays up. When one connection
 * reports it, the pool abandons all of them, because they lead to the same server.
 */
export function createFailoverPool({ onFailover, ...config }: FailoverPoolOptions): FailoverPool {
  /** Connections of the abandoned server. */
  const stale = new WeakSet<Client>();
  const open = new Set<Client>();
  let abandonedAt = Number.NEGATIVE_INFINITY;
  let reportedAt = Number.NEGATIVE_INFINITY;

  class WatchedClient extends Client {
    constructor(options?: string | ClientConfig) {
      super(options);
      const readOnly = new Map<string, string>();
      // The driver's own pool uses this internal connection as well; no public API reports the server's messages.
      const { connection } = this as unknown as { connection: EventEmitter };
      connection.on("errorMessage", ({ code, message }: DatabaseError) => {
        if (isServerGone(code)) abandonServerOf(this, `${message} (${code})`);
      });
      connection.on("parameterStatus", (status: { parameterName: string; parameterValue: string }) => {
        const { parameterName: name, parameterValue: value } = status;
        if (!READ_ONLY_PARAMETERS.includes(name)) return;
        if (value === "on" && readOnly.get(name) === "off")
          abandonServerOf(this, `the server is read-only now (${name})`);
        readOnly.set(name, value);
      });
    }
  }

  const pool = new Pool({ ...config, Client: WatchedClient });
  pool.on("connect", (client) => open.add(client as PoolClient));
  pool.on("remove", (client) => open.delete(client as PoolClient));
  // The driver's pool removes a client that has ended when it is released.
  pool.on("release", (_error, client) => {
    if (stale.has(client)) client.end().catch(() => undefined);
  });

  function abandonServerOf(client: Client, reason: string): void {
    // Its server was abandoned before.
    if (stale.has(client)) return;
    stale.add(client);
    if (performance.now() - abandonedAt >= MIN_ABANDON_INTERVAL_MS) abandon(reason);
  }

  function abandon(reason: string): void {
    abandonedAt = performance.now();
    if (abandonedAt - reportedAt > SAME_FAILOVER_MS) onFailover?.(reason);
    reportedAt = abandonedAt;
    for (const client of open) stale.add(client);
    for (let count = pool.idleCount; count > 0; count--) {
      pool.connect().then(
        (client) => client.release(stale.has(client)),
        () => undefined,
      );
    }
  }

  return Object.assign(pool, { abandon });
}
