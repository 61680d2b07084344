import { addCommand } from "@mgs/command-kit/add-command";
import { alignColumns } from "@mgs/command-kit/align-columns";
import { Failed } from "@mgs/command-kit/failed";
import { readDatabaseEnv } from "@mgs/command-kit/services-env";
import { readMigrationStatus } from "@mgs/db/migrate";
import type { Command } from "commander";
import type { CliContext } from "../context";

export function addMigrateStatus(program: Command, context: CliContext): void {
  addCommand(program, "migrate:status", {
    summary: "list the migrations and whether each is applied; exit code 1 unless all are",
    examples: [["migrate:status --json", "for a monitor"]],
  }).action(async ({ json }: { json: boolean }) => {
    const { DATABASE_URL } = readDatabaseEnv(await context.environment(false));
    const migrations = await readMigrationStatus(DATABASE_URL, context.migrations);
    if (json) context.print(JSON.stringify(migrations, null, 2));
    else for (const line of alignColumns(migrations.map(({ name, state }) => [state, name]))) context.print(line);
    if (migrations.some(({ state }) => state !== "applied")) throw new Failed();
  });
}
