import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, globSync, mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { migrate } from "../migrate";
import { withClient } from "../migrations";
import { describeSchema } from "../testing/describe-schema";
import { fillTables } from "../testing/fill-tables";
import { createBackup } from "./create-backup";
import { usablePgDump } from "./pg-tools";
import { checkBackup, restoreBackup } from "./restore-backup";

const MIGRATIONS = "prisma/migrations";
/** Debian's server, which is as old as the pg_dump beside it; the embedded one brings no pg_dump. */
const SERVER = globSync("/usr/lib/postgresql/*/bin/postgres")[0];
const root = process.getuid?.() === 0;

/** A server of the system on a free port, ended with the test. */
async function startSystemServer(server: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mgs-pg-dump-"));
  const data = join(folder, "data");
  const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", root ? [flag, "postgres"] : [flag])));
  if (uid === undefined || gid === undefined) throw new Error("no user for PostgreSQL");
  chmodSync(folder, 0o711);
  mkdirSync(data, { mode: 0o700 });
  if (root) chownSync(data, uid, gid);
  const as = { uid, gid, cwd: data };
  execFileSync(join(dirname(server), "initdb"), ["-D", data, "-U", "mgs", "-A", "trust", "--no-sync"], as);
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const address = free.address();
  const port = typeof address === "object" && address ? address.port : 0;
  free.close();
  await once(free, "close");
  const options = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"].flatMap((one) => ["-c", one]);
  const child = spawn(server, ["-D", data, "-p", String(port), ...options], { ...as, stdio: "ignore" });
  onTestFinished(async () => {
    const exited = once(child, "exit");
    child.kill("SIGINT");
    await exited;
    await rm(folder, { recursive: true });
  });
  const url = `postgresql://mgs:unused@127.0.0.1:${port}/postgres`;
  await vi.waitFor(() => withClient(url, (client) => client.query("SELECT 1")), { timeout: 60_000 });
  return url;
}

async function contents(url: string, tables: readonly string[]) {
  return withClient(url, async (client) => {
    const all: Record<string, string[]> = {};
    for (const name of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS "row" FROM "${name}" t ORDER BY 1`);
      all[name] = rows.map(({ row }) => row);
    }
    const { rows } = await client.query<{ last: string }>(
      "SELECT last_value::text AS last FROM pg_sequences ORDER BY 1",
    );
    return { ...all, sequences: rows.map(({ last }) => last) };
  });
}

test.skipIf(!SERVER)("by pg_dump and psql: the same rows, sequences and schema, or nothing at all", async () => {
  const server = await startSystemServer(SERVER ?? "");
  const [url, other] = ["mgs", "other"].map((name) => server.replace(/postgres$/, name));
  if (!url || !other) throw new Error("two databases");
  await withClient(server, async (client) => {
    await client.query("CREATE DATABASE mgs");
    await client.query("CREATE DATABASE other");
  });
  for (const each of [url, other]) {
    await migrate(each, MIGRATIONS);
    await withClient(each, fillTables);
    await withClient(each, (client) => client.query(each === other ? "CREATE TABLE later (id serial)" : "SELECT 1"));
  }
  const folder = await mkdtemp(join(tmpdir(), "mgs-pg-dump-file-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { file, header } = await createBackup(url, join(folder, "dump"), { pgDump: "pg_dump" });
  expect(header.method).toBe("pg_dump");
  const tables = header.tables.map(({ name }) => name);

  const bad = await checkBackup(file, MIGRATIONS);
  const users = bad.file.header.tables.find(({ name }) => name === "users");
  if (users) users.rows += 1;
  const before = await contents(other, [...tables, "later"]);
  await expect(restoreBackup(other, bad)).rejects.toThrow(/as it was: psql failed: .*rows of users are missing/);
  expect(await contents(other, [...tables, "later"])).toEqual(before);

  // A parameter of Prisma's own, which PostgreSQL's programs do not know.
  await restoreBackup(`${other}?schema=public`, await checkBackup(file, MIGRATIONS));
  expect(await contents(other, tables)).toEqual(await contents(url, tables));
  expect(await withClient(other, describeSchema)).toEqual(await withClient(url, describeSchema));
});

test("a pg_dump older than the server is not used", async () => {
  expect(await usablePgDump(9_990_000)).toBeNull();
});
