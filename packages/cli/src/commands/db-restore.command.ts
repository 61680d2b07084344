import { addCommand } from "@mgs/command-kit/add-command";
import { confirm } from "@mgs/command-kit/confirm";
import { Failed } from "@mgs/command-kit/failed";
import { createProgressLine } from "@mgs/command-kit/progress-line";
import { resolveCallerPath } from "@mgs/command-kit/resolve-caller-path";
import { readDatabaseEnv } from "@mgs/command-kit/services-env";
import { parseServerUrl } from "@mgs/core/url-variables";
import { checkBackup, describeTarget, restoreBackup } from "@mgs/db/backup/restore-backup";
import type { Command } from "commander";
import type { CliContext } from "../context";

export function addDbRestore(program: Command, context: CliContext): void {
  addCommand(program, "db:restore", {
    summary: "replace everything in the database by a file of db:backup; stop the product's processes before",
    examples: [
      ["db:restore mgs-20261121-043000.dump", "asks before it replaces anything"],
      ["db:restore /backup/mgs.mgsbackup --yes", "where nobody is there to ask"],
    ],
  })
    .argument(
      "<file>",
      "of either format, a dump with its manifest beside it; checked to its end before the database is touched",
    )
    .option("--yes", "do not ask", false)
    .action(async (path: string, { yes, json }: { yes: boolean; json: boolean }) => {
      const line = createProgressLine(context);
      const file = resolveCallerPath(path);
      const backup = await checkBackup(file, context.migrations, (share) =>
        line.show(`checking: ${Math.floor(share * 100)} %`),
      ).finally(line.clear);
      const { DATABASE_URL } = readDatabaseEnv(await context.environment(false));
      const { host, pathname } = parseServerUrl(DATABASE_URL) ?? { host: "", pathname: "" };
      const { tables, otherConnections } = await describeTarget(DATABASE_URL);
      if (otherConnections > 0) {
        context.complain(
          `${otherConnections} other connections use this database. Stop the product's processes: what they write now is lost, and the restore waits 30 s at most for their locks.`,
        );
      }
      const { createdAt, tables: backedUp } = backup.description;
      const question = `Replace the ${tables} tables of ${host}${pathname} by the backup of ${createdAt}?`;
      if (!yes && !(await confirm(context, question))) {
        context.complain("Nothing was changed.");
        throw new Failed();
      }
      await restoreBackup(DATABASE_URL, backup, ({ table, done, total }) =>
        line.show(`${table}: ${done} of ${total} rows`),
      ).finally(line.clear);
      const rows = backedUp.reduce((sum, table) => sum + table.rows, 0);
      if (json) context.print(JSON.stringify({ file, created_at: createdAt, rows, pending: backup.pending }, null, 2));
      else {
        context.print(`restored ${rows} rows of ${createdAt}`);
        for (const name of backup.pending) context.print(`pending ${name}: npm run mgs -- migrate, or just start`);
        context.print("It needs the MGS_KEY_ENCRYPTION_KEY of its time: npm run mgs -- doctor");
      }
    });
}
