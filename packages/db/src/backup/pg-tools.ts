import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Parameters of Prisma's that PostgreSQL's own programs do not know. */
const NOT_LIBPQ = ["schema", "connection_limit", "pool_timeout", "pgbouncer", "statement_cache_size"];
const LONGEST_COMPLAINT = 4_000;

/**
 * The `pg_dump` of the PATH, when it is at least as new as the server: an older one refuses.
 * @param server `server_version_num`
 */
export async function usablePgDump(server: number): Promise<string | null> {
  const version = await versionOf("pg_dump");
  return version !== null && version >= Math.floor(server / 10_000) ? "pg_dump" : null;
}

/** Major version of one of PostgreSQL's programs, or null when it is not there. */
export async function versionOf(program: string): Promise<number | null> {
  try {
    const { stdout } = await run(program, ["--version"]);
    return Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1] ?? Number.NaN) || null;
  } catch {
    return null;
  }
}

/** Runs one of PostgreSQL's programs on a database, its password kept off the command line. */
export function startPgProgram(program: string, databaseUrl: string, args: readonly string[]) {
  const url = new URL(databaseUrl);
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
