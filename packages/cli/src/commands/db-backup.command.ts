import { addCommand } from "@mgs/command-kit/add-command";
import { createProgressLine } from "@mgs/command-kit/progress-line";
import { resolveCallerPath } from "@mgs/command-kit/resolve-caller-path";
import { readDatabaseEnv } from "@mgs/command-kit/services-env";
import { type BackupFormat, createBackup } from "@mgs/db/backup/create-backup";
import { type Command, Option } from "commander";
import type { CliContext } from "../context";

const EXTENSIONS: Readonly<Record<BackupFormat, string>> = { dump: ".dump", copy: ".mgsbackup" };

const SECRETS_NOTICE =
  "The key that opens what is sealed in it (MGS_KEY_ENCRYPTION_KEY: the environment, or secrets.json of the data folder) is not in the file. Keep it too, apart from it.";

export function addDbBackup(program: Command, context: CliContext): void {
  addCommand(program, "db:backup", {
    summary: "write the whole database, as it is at one moment, into a file of pg_dump with a manifest and a checksum",
    examples: [
      ["db:backup", "mgs-<date>-<time>.dump and its manifest in this folder"],
      ["db:backup --out /backup/mgs.dump --json", "for a timer"],
      ["db:backup --format copy", "the product's own format, which needs no pg_dump"],
    ],
  })
    .option("--out <file>", "where to; a file that exists is not overwritten")
    .addOption(
      new Option("--format <format>", "pg_dump's custom format, or the product's own")
        .choices(["dump", "copy"])
        .default(undefined, "dump; copy for the embedded PostgreSQL, which brings no pg_dump"),
    )
    .action(async ({ out, format: asked, json }: { out?: string; format?: BackupFormat; json: boolean }) => {
      const environment = await context.environment(false);
      const { DATABASE_URL } = readDatabaseEnv(environment);
      const format = asked ?? (context.isDatabaseEmbedded() ? "copy" : "dump");
      const line = createProgressLine(context);
      const file = resolveCallerPath(out ?? `mgs-${formatTimestamp(new Date())}${EXTENSIONS[format]}`);
      const made = await createBackup(DATABASE_URL, file, {
        format,
        progress: ({ table, done, total }) => line.show(`${table}: ${done} of ${total} rows`),
      }).finally(line.clear);
      const { description, manifest, bytes, sha256 } = made;
      const rows = description.tables.reduce((sum, table) => sum + table.rows, 0);
      const level = description.migrations.at(-1)?.name;
      if (json) {
        const { tables } = description;
        const method = format === "dump" ? "pg_dump" : "copy";
        context.print(JSON.stringify({ file, manifest, bytes, sha256, method, level, tables }, null, 2));
        return;
      }
      context.print(
        `${file}: ${bytes} bytes, ${description.tables.length} tables, ${rows} rows, migration level ${level}`,
      );
      if (manifest !== null) context.print(`${manifest}: what is in it, and its checksum. Keep it beside the file.`);
      context.print(SECRETS_NOTICE);
    });
}

/** Formats local time as 20261121-043000. */
function formatTimestamp(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
}
