import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { parseServerUrl } from "@mgs/core/url-variables";

const run = promisify(execFile);

/** Parameters of Prisma's that PostgreSQL's own programs do not know. */
const NOT_LIBPQ = ["schema", "connection_limit", "pool_timeout", "pgbouncer", "statement_cache_size"];
const LONGEST_COMPLAINT = 4_000;

/** Version of one of PostgreSQL's programs. */
export type PgVersion = { major: number; minor: number };

/**
 * The `pg_dump` of the PATH, when its file could be restored on the same server with what is here: it is of the server's
 * major version (an older one refuses the server, a newer one writes settings that the server does not know), and a
 * `psql` no older than it is there (an older one does not know its commands, such as `\restrict`).
 * @param server `server_version_num`
 */
export async function usablePgDump(server: number): Promise<string | null> {
  const [dump, psql] = await Promise.all([versionOf("pg_dump"), versionOf("psql")]);
  if (dump === null || psql === null) return null;
  return dump.major === majorOf(server) && !isOlder(psql, dump) ? "pg_dump" : null;
}

/** @param server `server_version_num`: 180004 is 18.4 */
export function majorOf(server: number): number {
  return Math.floor(server / 10_000);
}

export function isOlder(one: PgVersion, other: PgVersion): boolean {
  return one.major < other.major || (one.major === other.major && one.minor < other.minor);
}

export function formatVersion({ major, minor }: PgVersion): string {
  return `${major}.${minor}`;
}

/** Null when the program is not there. */
export async function versionOf(program: string): Promise<PgVersion | null> {
  try {
    const { stdout } = await run(program, ["--version"]);
    const [, major, minor = "0"] = /\(PostgreSQL\) (\d+)(?:\.(\d+))?/.exec(stdout) ?? [];
    return major === undefined ? null : { major: Number(major), minor: Number(minor) };
  } catch {
    return null;
  }
}

/** Runs one of PostgreSQL's programs on a database, its password kept off the command line. */
export function startPgProgram(program: string, databaseUrl: string, args: readonly string[]) {
  const url = parseServerUrl(databaseUrl);
  if (url === null) throw new Error("DATABASE_URL is no URL");
  const password = decodeURIComponent(url.password);
  url.password = "";
  for (const name of NOT_LIBPQ) url.searchParams.delete(name);
  const child = spawn(program, [`--dbname=${url.href}`, ...args], {
    env: { ...process.env, ...(password ? { PGPASSWORD: password } : {}), PGAPPNAME: "mgs" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => {
    complaint = (complaint + text).slice(-LONGEST_COMPLAINT);
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} failed: ${complaint.trim()}`));
    });
  });
  // Whoever reads its output may fail first, and then nobody waits for this.
  ended.catch(() => undefined);
  return { input: child.stdin, output: child.stdout, ended, kill: () => child.kill() };
}
