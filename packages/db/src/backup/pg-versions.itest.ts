import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { withClient } from "../migrations";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { createBackup } from "./create-backup";
import { majorOf, usablePgDump, versionOf } from "./pg-tools";
import { checkBackup, restoreBackup } from "./restore-backup";

const MIGRATIONS = "prisma/migrations";
let db: TestDatabase;
let server: number;
beforeAll(async () => {
  db = await createTestDatabase();
  const { rows } = await withClient(db.url, (client) => client.query("SHOW server_version_num"));
  server = Number(rows[0]?.server_version_num);
});
afterAll(() => db.drop());

/** A PATH with stand-ins for PostgreSQL's programs that tell these versions; what is asked of pg_dump is a script. */
async function onPath(versions: Record<string, string>, script = "SELECT 1;"): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mgs-pg-versions-"));
  for (const [program, version] of Object.entries(versions)) {
    const tell = `case "$*" in --version) echo "${program} (PostgreSQL) ${version} (Debian ${version}-1)";; *) echo "${script}";; esac`;
    await writeFile(join(folder, program), `#!/bin/sh\n${tell}\n`, { mode: 0o755 });
  }
  vi.stubEnv("PATH", folder);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  return folder;
}

test.each([
  ["of another major version", 1, 1, { pg_dump: "4", psql: "4" }],
  ["of an older major version", -1, -1, { pg_dump: "9", psql: "9" }],
  ["with an older psql of the same version", 0, 0, { pg_dump: "6", psql: "1" }],
  ["with an older psql", 0, -1, { pg_dump: "1", psql: "9" }],
  ["without psql", 0, 0, { pg_dump: "1" }],
])("a pg_dump %s is not used: the product copies, and can restore", async (_what, dump, psql, minors) => {
  const offsets: Record<string, number> = { pg_dump: dump, psql };
  const entries = Object.entries(minors).map(([name, minor]) => [
    name,
    `${majorOf(server) + (offsets[name] ?? 0)}.${minor}`,
  ]);
  const folder = await onPath(Object.fromEntries(entries));
  const { file, header } = await createBackup(db.url, join(folder, "backup"));
  expect(header.method).toBe("copy");
  await restoreBackup(db.url, await checkBackup(file, MIGRATIONS));
});

test("a pg_dump of the server's version, with a psql as new, is used", async () => {
  await onPath({ pg_dump: `${majorOf(server)}.3`, psql: `${majorOf(server)}.3` });
  expect(await usablePgDump(server)).toBe("pg_dump");
  expect(await versionOf("psql")).toEqual({ major: majorOf(server), minor: 3 });
  await onPath({ pg_dump: `${majorOf(server)}.3`, psql: `${majorOf(server) + 1}.0` });
  expect(await usablePgDump(server)).toBe("pg_dump");
});

test("an older psql, and an older server, are refused before the database is touched", async () => {
  const major = majorOf(server);
  const folder = await onPath({ pg_dump: `${major}.6`, psql: `${major}.6` }, "SET transaction_timeout = 0;");
  const { file, header } = await createBackup(db.url, join(folder, "backup"));
  expect(header).toMatchObject({ method: "pg_dump", dump: { major, minor: 6 } });
  const checked = await checkBackup(file, MIGRATIONS);

  await onPath({ psql: `${major}.1` });
  await expect(checkBackup(file, MIGRATIONS)).rejects.toThrow(
    `psql ${major}.1 is older than this backup: restoring needs psql ${major}.6 or newer on the PATH (package postgresql-client-${major})`,
  );
  await onPath({});
  await expect(checkBackup(file, MIGRATIONS)).rejects.toThrow(/made by pg_dump: restoring needs psql/);

  await onPath({ psql: `${major + 1}.0` });
  checked.file.header.server += 10_000;
  await expect(restoreBackup(db.url, checked)).rejects.toThrow(
    `the database is as it was: this backup needs PostgreSQL ${major + 1} or newer, and the server is ${major}`,
  );
});
