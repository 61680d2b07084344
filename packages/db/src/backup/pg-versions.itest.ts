import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { withClient } from "../migrations";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { encodeHeader, encodeTrailer } from "./copy-format";
import { createBackup } from "./create-backup";
import { type DatabaseDescription, describeDatabase } from "./describe-database";
import { findDumpTools, findRestoreTools, majorOf } from "./pg-tools";
import { checkBackup, restoreBackup } from "./restore-backup";

const MIGRATIONS = "prisma/migrations";
let db: TestDatabase;
let description: DatabaseDescription;
/** Major version of the server, later than any that Debian has in a folder of its own. */
let major: number;
beforeAll(async () => {
  db = await createTestDatabase();
  description = await withClient(db.url, describeDatabase);
  major = majorOf(description.server);
});
afterAll(() => db.drop());

/** Makes a PATH with stand-ins for PostgreSQL's programs that report these versions. */
async function createPath(versions: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mgs-pg-versions-"));
  for (const [program, version] of Object.entries(versions)) {
    const tell = `echo "${program} (PostgreSQL) ${version} (Debian ${version}-1)"`;
    await writeFile(join(folder, program), `#!/bin/sh\n${tell}\n`, { mode: 0o755 });
  }
  vi.stubEnv("PATH", folder);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  return folder;
}

const all = (version: string) => ({ pg_dump: version, pg_restore: version, psql: version });

test.each([
  ["of an older major version", (now: number) => all(`${now - 1}.9`), (now: number) => `pg_dump is ${now - 1}.9`],
  ["that is not there", () => ({}), () => "there is no pg_dump"],
  ["without pg_restore", (now: number) => ({ pg_dump: `${now}.1`, psql: `${now}.1` }), (now: number) => `${now}.1`],
  ["with an older psql", (now: number) => ({ ...all(`${now}.6`), psql: `${now}.1` }), (now: number) => `${now}.6`],
])("a pg_dump %s is not used, and a backup says what to install", async (_what, versions, said) => {
  const folder = await createPath(versions(major));
  await expect(createBackup(db.url, join(folder, "backup"), { format: "dump" })).rejects.toThrow(
    new RegExp(`the server is PostgreSQL ${major}, and .*${said(major)}.*package postgresql-client-${major}`),
  );
});

test("a pg_dump of the server's version or a later one is used", async () => {
  for (const version of [
    { major, minor: 3 },
    { major: major + 1, minor: 0 },
  ]) {
    await createPath(all(`${version.major}.${version.minor}`));
    const tools = { pgDump: "pg_dump", pgRestore: "pg_restore", psql: "psql", version };
    expect(await findDumpTools(description.server)).toEqual(tools);
    expect(await findRestoreTools({ major, minor: 6 })).toEqual(tools);
  }
});

/** Writes a backup of older versions of the product: a script of pg_dump in the product's own format. */
async function writeScript(file: string, server: number): Promise<void> {
  const header = encodeHeader({ ...description, server, method: "pg_dump", dump: { major, minor: 6 } });
  const whole = Buffer.concat([header, gzipSync("SET transaction_timeout = 0;\n")]);
  await writeFile(file, Buffer.concat([whole, encodeTrailer(createHash("sha256").update(whole).digest("hex"))]));
}

test("refuses older programs and an older server before it changes the database", async () => {
  const folder = await createPath(all(`${major}.6`));
  const file = join(folder, "backup.mgsbackup");
  await writeScript(file, description.server + 10_000);
  const checked = await checkBackup(file, MIGRATIONS);
  expect(checked.source.kind).toBe("script");
  await expect(restoreBackup(db.url, checked)).rejects.toThrow(
    `the database is as it was: this backup needs PostgreSQL ${major + 1} or newer, and the server is ${major}`,
  );
  await createPath(all(`${major - 1}.6`));
  await expect(checkBackup(file, MIGRATIONS)).rejects.toThrow(
    `this backup was made by pg_dump ${major}.6: pg_dump, pg_restore and psql ${major} are needed on the PATH (package postgresql-client-${major})`,
  );
});
