import { randomBytes } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { basename } from "node:path";
import { parseServerUrl } from "@mgs/core/url-variables";
import type { Client } from "pg";
import { withClient } from "../migrations";
import type { BackupResult } from "./backup-result";
import type { DatabaseDescription } from "./describe-database";
import { hashFile, type Manifest, manifestPath } from "./manifest";
import { formatVersion, installation, majorOf, type PgTools, startOnDatabase } from "./pg-tools";
import { readArchiveScript, runScript } from "./restore-script";

type Source = { client: Client; databaseUrl: string; tools: PgTools };

/** Writes a file of pg_dump and its manifest, from the snapshot of the client's transaction. */
export async function writeDump(
  { client, databaseUrl, tools }: Source,
  file: string,
  description: DatabaseDescription,
): Promise<BackupResult> {
  const [partial, partialManifest] = [`${file}.${process.pid}.partial`, `${manifestPath(file)}.${process.pid}.partial`];
  try {
    // pg_dump keeps the mode of an existing file.
    await (await open(partial, "wx", 0o600)).close();
    await dump(client, databaseUrl, tools, partial);
    await flush(partial);
    const major = majorOf(description.server);
    if (tools.version.major > major) await tryToRestore(databaseUrl, major, tools, partial);
    const { size: bytes } = await stat(partial);
    const sha256 = await hashFile(partial);
    const manifest: Manifest = {
      ...{ manifest: 1, file: basename(file), bytes, sha256, dump: tools.version },
      ...description,
    };
    const handle = await open(partialManifest, "wx", 0o600);
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await handle.sync();
    await handle.close();
    // The dump is renamed last, so that a dump never lacks its manifest.
    await rename(partialManifest, manifestPath(file));
    await rename(partial, file);
    return { file, manifest: manifestPath(file), bytes, sha256, description };
  } catch (error) {
    await rm(partial, { force: true });
    await rm(partialManifest, { force: true });
    throw error;
  }
}

/** Runs pg_dump on the snapshot whose rows were counted. */
async function dump(client: Client, databaseUrl: string, { pgDump }: PgTools, file: string): Promise<void> {
  const { rows } = await client.query<{ snapshot: string }>("SELECT pg_export_snapshot() AS snapshot");
  const options = ["--format=custom", `--file=${file}`, `--snapshot=${rows[0]?.snapshot}`];
  const program = startOnDatabase(pgDump, databaseUrl, options);
  program.input.end();
  program.output.resume();
  await program.ended;
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, "r+");
  await handle.sync().finally(() => handle.close());
}

/**
 * Restores the schema into a temporary database, because a pg_dump newer than the server may write commands that the server does
 * not know.
 * @throws Error when the server refuses a command, or the role may not create a database
 */
async function tryToRestore(databaseUrl: string, major: number, tools: PgTools, file: string): Promise<void> {
  const name = `mgs_backup_trial_${randomBytes(6).toString("hex")}`;
  const url = parseServerUrl(databaseUrl);
  if (url === null) throw new Error("DATABASE_URL is no URL");
  url.pathname = `/${name}`;
  try {
    // CREATE DATABASE cannot run in a transaction, and the client is in one.
    await withClient(databaseUrl, (other) => other.query(`CREATE DATABASE ${name} TEMPLATE template0`));
    try {
      await runScript(tools, url.href, readArchiveScript(tools, file, ["--schema-only"]), { before: [], after: [] });
    } finally {
      await withClient(databaseUrl, (other) => other.query(`DROP DATABASE ${name} WITH (FORCE)`));
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(
      `pg_dump ${formatVersion(tools.version)} is newer than the server (PostgreSQL ${major}), and the restore that was tried failed: ${message}. ${installation(major)}`,
      { cause: error },
    );
  }
}
