import { access } from "node:fs/promises";
import { withClient } from "../migrations";
import type { BackupProgress, BackupResult } from "./backup-result";
import { writeCopy } from "./create-copy";
import { writeDump } from "./create-dump";
import { describeDatabase } from "./describe-database";
import { manifestPath } from "./manifest";
import { findDumpTools, type PgTools } from "./pg-tools";

/** `dump`: pg_dump's custom format with a manifest beside it. `copy`: one file in the product's own format. */
export type BackupFormat = "dump" | "copy";

/**
 * Writes a snapshot of the whole database into a file; the product may run meanwhile. The file gets its name when it is complete,
 * and only its owner can read it. The memory used does not grow with the database.
 * @param options.tools PostgreSQL's programs to use; found by default
 * @throws Error when a file exists, a migration is unfinished, the database has none, or this server refuses to restore the file
 */
export async function createBackup(
  databaseUrl: string,
  file: string,
  options: { format: BackupFormat; progress?: (progress: BackupProgress) => void; tools?: PgTools },
): Promise<BackupResult> {
  const { format, progress } = options;
  for (const path of format === "dump" ? [file, manifestPath(file)] : [file]) {
    if (await exists(path)) throw new Error(`${path} exists already`);
  }
  return withClient(databaseUrl, async (client) => {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    await client.query("SET LOCAL statement_timeout = 0");
    const description = await describeDatabase(client);
    if (format === "copy") return writeCopy(client, file, description, progress);
    const tools = options.tools ?? (await findDumpTools(description.server));
    return writeDump({ client, databaseUrl, tools }, file, description);
  });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
