import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFile, cp, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { migrate } from "../migrate";
import { withClient } from "../migrations";
import { describeSchema } from "../testing/describe-schema";
import { fillTables } from "../testing/fill-tables";
import { SYSTEM_SERVER, startSystemServer } from "../testing/system-server";
import type { BackupResult } from "./backup-result";
import { createBackup } from "./create-backup";
import { type PgTools, readProgramVersion } from "./pg-tools";
import { checkBackup, restoreBackup } from "./restore-backup";

const MIGRATIONS = "prisma/migrations";

describe.skipIf(!SYSTEM_SERVER)("by pg_dump, where it is", () => {
  const bin = dirname(SYSTEM_SERVER ?? "");
  let server: Awaited<ReturnType<typeof startSystemServer>>;
  let folder: string;
  let url: string;
  let made: BackupResult;
  beforeAll(async () => {
    server = await startSystemServer(SYSTEM_SERVER ?? "");
    folder = await mkdtemp(join(tmpdir(), "mgs-pg-dump-file-"));
    url = await createFilled("mgs");
    made = await createBackup(url, join(folder, "mgs.dump"), { format: "dump" });
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  const query = (sql: string) => withClient(server.url, (client) => client.query(sql));

  async function createEmpty(name: string): Promise<string> {
    await query(`CREATE DATABASE ${name}`);
    return server.url.replace(/postgres$/, name);
  }

  async function createFilled(name: string): Promise<string> {
    const filled = await createEmpty(name);
    await migrate(filled, MIGRATIONS);
    await withClient(filled, fillTables);
    return filled;
  }

  async function contents(of: string, tables: readonly string[] = made.description.tables.map(({ name }) => name)) {
    return withClient(of, async (client) => {
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

  async function expectCopyOf(other: string): Promise<void> {
    expect(await contents(other)).toEqual(await contents(url));
    expect(await withClient(other, describeSchema)).toEqual(await withClient(url, describeSchema));
  }

  test("writes a file of pg_dump and its manifest that only their owner can read, and PostgreSQL's tools accept", async () => {
    expect((await readdir(folder)).sort()).toEqual(["mgs.dump", "mgs.dump.manifest.json"]);
    for (const file of [made.file, made.manifest ?? ""]) expect((await stat(file)).mode & 0o777).toBe(0o600);
    const manifest = JSON.parse(await readFile(made.manifest ?? "", "utf8"));
    expect(manifest).toMatchObject({
      ...{ manifest: 1, file: "mgs.dump", bytes: (await stat(made.file)).size },
      dump: await readProgramVersion(join(bin, "pg_dump")),
      tables: made.description.tables,
    });
    expect(
      createHash("sha256")
        .update(await readFile(made.file))
        .digest("hex"),
    ).toBe(manifest.sha256);

    const other = await createEmpty("by_hand");
    execFileSync(join(bin, "pg_restore"), [`--dbname=${other}`, "--single-transaction", made.file]);
    await expectCopyOf(other);
  });

  test("restores the same rows, sequences and schema, or changes nothing", async () => {
    const other = await createFilled("other");
    await withClient(other, (client) => client.query("CREATE TABLE later (id serial)"));
    const bad = await checkBackup(made.file, MIGRATIONS);
    const users = bad.description.tables.find(({ name }) => name === "users");
    if (users) users.rows += 1;
    const tables = [...bad.description.tables.map(({ name }) => name), "later"];
    const before = await contents(other, tables);
    await expect(restoreBackup(other, bad)).rejects.toThrow(/as it was: .*psql failed: .*rows of users are missing/);
    expect(await contents(other, tables)).toEqual(before);

    // PostgreSQL's programs do not know this parameter of Prisma.
    await restoreBackup(`${other}?schema=public`, await checkBackup(made.file, MIGRATIONS));
    await expectCopyOf(other);
  });

  const flip = async (file: string, offset: number) => {
    const handle = await open(file, "r+");
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, offset);
    await handle.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, offset);
    await handle.close();
  };
  const manifestOf = (file: string) => `${file}.manifest.json`;
  const change = async (file: string, from: string, to: string) =>
    writeFile(file, (await readFile(file, "utf8")).replace(from, to));

  const BROKEN: readonly (readonly [string, (file: string) => Promise<unknown>, RegExp])[] = [
    ["with one bit changed", (file) => flip(file, 5_000), /checksum is wrong/],
    ["cut off", (file) => truncate(file, 5_000), /cut off: it has 5000 bytes/],
    ["with something added", (file) => appendFile(file, "x"), /checksum is wrong/],
    ["without its manifest", (file) => rm(manifestOf(file)), /without broken.dump.manifest.json beside it/],
    ["whose manifest is damaged", (file) => truncate(manifestOf(file), 100), /manifest.json is damaged/],
    ["of a newer version", (file) => change(manifestOf(file), "_initial", "_other"), /another version of the product/],
    ["of a newer pg_dump", (file) => change(manifestOf(file), '"major": ', '"major": 9'), /postgresql-client-9/],
  ];

  test.for(BROKEN)("a file %s is refused before the database is touched", async ([, breakIt, message]) => {
    const file = join(folder, "broken.dump");
    await cp(made.file, file);
    await cp(made.manifest ?? "", manifestOf(file));
    onTestFinished(async () => {
      await rm(file);
      await rm(manifestOf(file), { force: true });
    });
    await breakIt(file);
    await expect(checkBackup(file, MIGRATIONS)).rejects.toThrow(message);
  });

  /** Makes programs that report a later version; the SQL of their archives begins with `line`. */
  async function newerTools(line: string): Promise<PgTools> {
    const newer = await mkdtemp(join(tmpdir(), "mgs-newer-pg-"));
    onTestFinished(() => rm(newer, { recursive: true }));
    const pgRestore = join(newer, "pg_restore");
    await writeFile(pgRestore, `#!/bin/sh\necho "${line}"\nexec ${join(bin, "pg_restore")} "$@"\n`, { mode: 0o755 });
    return { pgDump: join(bin, "pg_dump"), psql: join(bin, "psql"), pgRestore, version: { major: 99, minor: 1 } };
  }
  const trials = async () =>
    (await query("SELECT datname FROM pg_database WHERE datname LIKE 'mgs_backup_trial%'")).rows.length;

  test("a dump of a newer pg_dump is verified at once, without the settings that the server does not know", async () => {
    const tools = await newerTools("SET setting_of_a_later_version = 0;");
    const file = join(folder, "newer.dump");
    await createBackup(url, file, { format: "dump", tools });
    expect(await trials()).toBe(0);
    const other = await createEmpty("newer");
    const checked = await checkBackup(made.file, MIGRATIONS);
    await restoreBackup(other, { ...checked, source: { kind: "archive", path: file, tools } });
    await expectCopyOf(other);
  });

  test("a newer pg_dump whose dump the server refuses leaves no file", async () => {
    const tools = await newerTools("CREATE SOMETHING NEW;");
    const files = await readdir(folder);
    const refused = createBackup(url, join(folder, "refused.dump"), { format: "dump", tools });
    await expect(refused).rejects.toThrow(
      /pg_dump 99\.1 is newer than the server \(PostgreSQL \d+\), and the restore that was tried failed: .*SOMETHING.*package postgresql-client-\d+/s,
    );
    await query("CREATE ROLE plain LOGIN IN ROLE pg_read_all_data PASSWORD 'unused'");
    const untried = createBackup(url.replace("mgs:", "plain:"), join(folder, "refused.dump"), {
      format: "dump",
      tools: await newerTools("SET setting_of_a_later_version = 0;"),
    });
    await expect(untried).rejects.toThrow(/permission denied to create database/);
    expect(await readdir(folder)).toEqual(files);
    expect(await trials()).toBe(0);
  });
});
