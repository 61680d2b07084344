import { createBackup } from "@mgs/db/backup/create-backup";
import type { Command } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { fileOfCaller, readDatabaseEnv } from "../env";
import { progressLine } from "../progress-line";

const SECRETS_ARE_ELSEWHERE =
  "The key that opens what is sealed in it (MGS_KEY_ENCRYPTION_KEY: the environment, or secrets.json of the data folder) is not in the file. Keep it too, apart from it.";

export function addDbBackup(program: Command, context: CliContext): void {
  addCommand(program, "db:backup", {
    summary: "write the whole database, as it is at one moment, into one compressed file with a checksum",
    examples: [
      ["db:backup", "mgs-<date>-<time>.mgsbackup in this folder"],
      ["db:backup --out /backup/mgs.mgsbackup --json", "for a timer"],
    ],
  })
    .option("--out <file>", "where to; a file that exists is not overwritten")
    .action(async ({ out, json }: { out?: string; json: boolean }) => {
      const { DATABASE_URL } = readDatabaseEnv(await context.environment(false));
      const line = progressLine(context);
      const file = fileOfCaller(out ?? `mgs-${stamp(new Date())}.mgsbackup`);
      const made = await createBackup(DATABASE_URL, file, {
        progress: ({ table, done, total }) => line.show(`${table}: ${done} of ${total} rows`),
      }).finally(line.clear);
      const { header, bytes, sha256 } = made;
      const rows = header.tables.reduce((sum, table) => sum + table.rows, 0);
      const level = header.migrations.at(-1)?.name;
      if (json) {
        context.print(
          JSON.stringify({ file, bytes, sha256, method: header.method, level, tables: header.tables }, null, 2),
        );
        return;
      }
      context.print(`${file}: ${bytes} bytes, ${header.tables.length} tables, ${rows} rows, migration level ${level}`);
      context.print(SECRETS_ARE_ELSEWHERE);
    });
}

/** Local time as 20261121-043000. */
function stamp(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
}
