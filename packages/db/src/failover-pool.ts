import type { EventEmitter } from "node:events";
import { Client, type ClientConfig, type DatabaseError, Pool, type PoolClient, type PoolConfig } from "pg";

/** A pool that leaves the server it is connected to when that is no longer the one that takes writes. */
export type FailoverPool = Pool & {
  /** Throws away every connection that is open now: those in use when they are given back. */
  abandon(reason: string): void;
};

export type FailoverPoolOptions = PoolConfig & {
  /** Hears of the first failure of a failover; further ones within `QUIET_MS` are of the same one. */
  onFailover?: ((reason: string) => void) | undefined;
};

/** The pool is thrown away at most once in so many milliseconds: where it connects to may still be the old server. */
const ABANDON_PAUSE_MS = 1_000;
const QUIET_MS = 60_000;

/**
 * SQLSTATEs of a server that ends or takes no writes: connection exceptions, read_only_sql_transaction, admin_shutdown,
 * crash_shutdown and cannot_connect_now.
 */
const SERVER_IS_GONE = /^(?:08...|25006|57P0[123])$/;

/** What PostgreSQL (14 and later) reports by itself, at the beginning of a connection and when it changes. */
const READ_ONLY_PARAMETERS: readonly string[] = ["in_hot_standby", "default_transaction_read_only"];

/** True for a SQLSTATE with which a server says that it ends, or that it takes no writes. */
export function isServerGone(sqlState: string | undefined): boolean {
  return sqlState !== undefined && SERVER_IS_GONE.test(sqlState);
}

/**
 * A pool of connections for a PostgreSQL whose primary may change behind one address while the old one stays up. The
 * first connection that says so takes all others with it: they lead to the same server.
 */
export function createFailoverPool({ onFailover, ...config }: FailoverPoolOptions): FailoverPool {
  /** Connections of the server that was left. */
  const stale = new WeakSet<Client>();
  const open = new Set<Client>();
  let abandonedAt = Number.NEGATIVE_INFINITY;
  let toldAt = Number.NEGATIVE_INFINITY;

  class WatchedClient extends Client {
    constructor(options?: string | ClientConfig) {
      super(options);
      const readOnly = new Map<string, string>();
      // The driver's own pool reaches for the connection as well: nothing else tells each answer of the server.
      const { connection } = this as unknown as { connection: EventEmitter };
      connection.on("errorMessage", ({ code, message }: DatabaseError) => {
        if (isServerGone(code)) leave(this, `${message} (${code})`);
      });
      connection.on("parameterStatus", (status: { parameterName: string; parameterValue: string }) => {
        const { parameterName: name, parameterValue: value } = status;
        if (!READ_ONLY_PARAMETERS.includes(name)) return;
        if (value === "on" && readOnly.get(name) === "off") leave(this, `the server is read-only now (${name})`);
        readOnly.set(name, value);
      });
    }
  }

  const pool = new Pool({ ...config, Client: WatchedClient });
  pool.on("connect", (client) => open.add(client as PoolClient));
  pool.on("remove", (client) => open.delete(client as PoolClient));
  // The pool lets go of a client that has been ended when it is given back.
  pool.on("release", (_error, client) => {
    if (stale.has(client)) client.end().catch(() => undefined);
  });

  function leave(client: Client, reason: string): void {
    // It was thrown away with its pool already.
    if (stale.has(client)) return;
    stale.add(client);
    if (performance.now() - abandonedAt >= ABANDON_PAUSE_MS) abandon(reason);
  }

  function abandon(reason: string): void {
    abandonedAt = performance.now();
    if (abandonedAt - toldAt > QUIET_MS) onFailover?.(reason);
    toldAt = abandonedAt;
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
