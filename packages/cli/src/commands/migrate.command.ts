import { addCommand } from "@mgs/command-kit/add-command";
import { readDatabaseEnv } from "@mgs/command-kit/services-env";
import { migrate } from "@mgs/db/migrate";
import type { Command } from "commander";
import type { CliContext } from "../context";

export function addMigrate(program: Command, context: CliContext): void {
  addCommand(program, "migrate", {
    summary: "apply pending migrations",
    examples: [["migrate", "before the new version starts"]],
  }).action(async ({ json }: { json: boolean }) => {
    const { DATABASE_URL } = readDatabaseEnv(await context.environment(false));
    const applied = await migrate(DATABASE_URL, context.migrations);
    if (json) context.print(JSON.stringify({ applied }, null, 2));
    else if (applied.length === 0) context.print("up to date");
    else for (const name of applied) context.print(`applied ${name}`);
  });
}
