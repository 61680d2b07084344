import { describeMisspelling } from "@mgs/core/url-variables";
import type { ClusterNode, RedisOptions } from "ioredis";

/** The part of ioredis's options that an address holds. */
type Address = Pick<
  RedisOptions,
  | "host"
  | "port"
  | "db"
  | "username"
  | "password"
  | "tls"
  | "sentinels"
  | "name"
  | "sentinelUsername"
  | "sentinelPassword"
  | "enableTLSForSentinelMode"
  | "sentinelTLS"
>;

/** The address of Redis, as ioredis takes it. */
export type RedisTarget =
  | { kind: "single"; options: Address }
  | { kind: "cluster"; nodes: readonly ClusterNode[]; options: Pick<Address, "username" | "password" | "tls"> };

const URL_FORM =
  /^(?<scheme>rediss?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^/?]+)(?<path>\/[^?]*)?(?:\?(?<query>.*))?$/;
const REDIS_PORT = 6379;
const SENTINEL_PORT = 26379;

/**
 * Reads `redis://[user:password@]host[:port][/db]`, `redis+sentinel://…host,host/master[/db][?sentinelPassword=…]`,
 * `redis+cluster://…host,host`, each with `rediss` for TLS, or a list of `redis://` addresses separated by commas, which
 * are nodes of a Redis Cluster.
 * @throws Error that names the mistake, without the password
 */
export function parseRedisUrl(url: string): RedisTarget {
  const addresses = url.split(/,(?=rediss?:\/\/)/);
  if (addresses.length > 1) return joinNodes(addresses.map(parseRedisUrl));
  const misspelling = /^rediss?(\+\w+)?:\/\//.test(url.trim()) ? describeMisspelling(url.trim()) : undefined;
  if (misspelling !== undefined) throw new Error(misspelling);
  const parts = URL_FORM.exec(url.trim())?.groups;
  if (parts === undefined) throw new Error("is no redis://, redis+sentinel:// or redis+cluster:// address");
  const query = new URLSearchParams(parts.query);
  const path = (parts.path ?? "").split("/").filter(Boolean).map(decodeURIComponent);
  const credentials: Address = {
    ...(parts.user ? { username: decodeURIComponent(parts.user) } : {}),
    ...(parts.password ? { password: decodeURIComponent(parts.password) } : {}),
    ...(parts.scheme === "rediss" ? { tls: {} } : {}),
  };
  if (parts.kind === "sentinel") {
    const [name, db] = path;
    if (name === undefined) throw new Error("needs the name of the master: redis+sentinel://host/master");
    const sentinelPassword = query.get("sentinelPassword");
    const sentinelUsername = query.get("sentinelUsername");
    const options: Address = {
      ...credentials,
      sentinels: nodesOf(parts.hosts ?? "", SENTINEL_PORT),
      name,
      db: readDb(db),
      ...(sentinelPassword === null ? {} : { sentinelPassword }),
      ...(sentinelUsername === null ? {} : { sentinelUsername }),
      ...(parts.scheme === "rediss" ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
    };
    return { kind: "single", options };
  }
  const nodes = nodesOf(parts.hosts ?? "", REDIS_PORT);
  const [first] = nodes;
  if (parts.kind === "cluster" || nodes.length > 1) return { kind: "cluster", nodes, options: credentials };
  return { kind: "single", options: { ...credentials, ...first, db: readDb(path[0]) } };
}

function joinNodes(targets: readonly RedisTarget[]): RedisTarget {
  const nodes = targets.flatMap((target) =>
    target.kind === "cluster"
      ? target.nodes
      : [{ host: target.options.host ?? "localhost", port: target.options.port ?? REDIS_PORT }],
  );
  const { username, password, tls } = targets[0]?.options ?? {};
  return {
    kind: "cluster",
    nodes,
    options: { ...(username ? { username } : {}), ...(password ? { password } : {}), ...(tls ? { tls } : {}) },
  };
}

function nodesOf(hosts: string, port: number): { host: string; port: number }[] {
  return hosts.split(",").map((text) => {
    const { host = "", number } = /^(?<host>\[[^\]]+\]|[^:]+)(?::(?<number>\d+))?$/.exec(text.trim())?.groups ?? {};
    if (host === "" || host.includes("@")) {
      throw new Error("has an invalid host, or a character that needs percent-encoding in a name or password");
    }
    return { host: host.replace(/^\[|\]$/g, ""), port: number === undefined ? port : Number(number) };
  });
}

function readDb(text: string | undefined): number {
  if (text === undefined) return 0;
  if (!/^\d+$/.test(text)) throw new Error("has a database that is no number");
  return Number(text);
}
