import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { parseServerUrl } from "@mgs/core/url-variables";

const run = promisify(execFile);

/** PostgreSQL's own programs do not know these parameters of Prisma. */
const PRISMA_PARAMETERS = ["schema", "connection_limit", "pool_timeout", "pgbouncer", "statement_cache_size"];
const MAX_ERROR_CHARACTERS = 4_000;

/** Version of a program of PostgreSQL. */
export type PgVersion = { major: number; minor: number };

/** PostgreSQL's programs of one installation, by their names or paths. */
export type PgTools = { pgDump: string; pgRestore: string; psql: string; version: PgVersion };

/**
 * Finds the programs that can dump a server, and restore what they dump: those of the server's own major version where they are
 * installed, else newer ones. An older pg_dump refuses the server, and a psql that is older than the others does not know their
 * commands, such as `\restrict`.
 * @param server `server_version_num`
 * @throws Error that names the package to install
 */
export async function findDumpTools(server: number): Promise<PgTools> {
  const major = majorOf(server);
  const found = await Promise.all(foldersOf(major).map(findToolsIn));
  const complete = found.flatMap((tools) => (tools === null ? [] : [tools]));
  const tools =
    complete.find(({ version }) => version.major === major) ?? complete.find(({ version }) => version.major > major);
  if (tools) return tools;
  const onPath = await readProgramVersion("pg_dump");
  throw new Error(
    `the server is PostgreSQL ${major}, and ${onPath === null ? "there is no pg_dump" : `pg_dump is ${formatVersion(onPath)}`}: ${installation(major)}`,
  );
}

/**
 * Finds the programs that restore an archive of `pg_dump` of that version.
 * @throws Error that names the package to install
 */
export async function findRestoreTools(dump: PgVersion): Promise<PgTools> {
  const found = await Promise.all(foldersOf(dump.major).map(findToolsIn));
  const tools = found.find((each) => each !== null && each.version.major >= dump.major);
  if (tools) return tools;
  throw new Error(`this backup was made by pg_dump ${formatVersion(dump)}: ${installation(dump.major)}`);
}

/** Explains how to install the programs of a major version. */
export const installation = (major: number): string =>
  `pg_dump, pg_restore and psql ${major} are needed on the PATH (package postgresql-client-${major})`;

/** Debian keeps the programs of each major version in a folder of its own; the PATH leads to the newest. */
const foldersOf = (major: number): string[] => [`/usr/lib/postgresql/${major}/bin/`, ""];

/** Finds the programs in a folder; null when one is missing, or psql is older than the others. */
async function findToolsIn(folder: string): Promise<PgTools | null> {
  const [pgDump, pgRestore, psql] = [`${folder}pg_dump`, `${folder}pg_restore`, `${folder}psql`];
  const [dump, restore, shell] = await Promise.all([
    readProgramVersion(pgDump),
    readProgramVersion(pgRestore),
    readProgramVersion(psql),
  ]);
  if (dump === null || restore === null || shell === null) return null;
  return isOlder(restore, dump) || isOlder(shell, restore) ? null : { pgDump, pgRestore, psql, version: dump };
}

/** Returns the major version. @param server `server_version_num`: 180004 is 18.4 */
export function majorOf(server: number): number {
  return Math.floor(server / 10_000);
}

export function isOlder(one: PgVersion, other: PgVersion): boolean {
  return one.major < other.major || (one.major === other.major && one.minor < other.minor);
}

export function formatVersion({ major, minor }: PgVersion): string {
  return `${major}.${minor}`;
}

/** Reads a program's version; null when the program is missing. */
export async function readProgramVersion(program: string): Promise<PgVersion | null> {
  try {
    const { stdout } = await run(program, ["--version"]);
    const [, major, minor = "0"] = /\(PostgreSQL\) (\d+)(?:\.(\d+))?/.exec(stdout) ?? [];
    return major === undefined ? null : { major: Number(major), minor: Number(minor) };
  } catch {
    return null;
  }
}

/** Runs one of PostgreSQL's programs on a database, its password kept off the command line. */
export function startOnDatabase(program: string, databaseUrl: string, args: readonly string[]) {
  const url = parseServerUrl(databaseUrl);
  if (url === null) throw new Error("DATABASE_URL is no URL");
  const password = decodeURIComponent(url.password);
  url.password = "";
  for (const name of PRISMA_PARAMETERS) url.searchParams.delete(name);
  return startProgram(program, [`--dbname=${url.href}`, ...args], password ? { PGPASSWORD: password } : {});
}

/** Runs a program whose streams the caller feeds and reads. `ended` rejects with the end of its standard error. */
export function startProgram(program: string, args: readonly string[], variables: Record<string, string> = {}) {
  const child = spawn(program, args, {
    env: { ...process.env, ...variables, PGAPPNAME: "mgs" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => {
    complaint = (complaint + text).slice(-MAX_ERROR_CHARACTERS);
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} failed: ${complaint.trim()}`));
    });
  });
  // The reader of its output may fail first and never await this.
  ended.catch(() => undefined);
  return { input: child.stdin, output: child.stdout, ended, kill: () => child.kill() };
}
