import { addCommand } from "@mgs/command-kit/add-command";
import { readDatabaseEnv } from "@mgs/command-kit/services-env";
import { rollbackMigrations } from "@mgs/db/rollback-migrations";
import { type Command, InvalidArgumentError } from "commander";
import type { CliContext } from "../context";

export function addMigrateRollback(program: Command, context: CliContext): void {
  addCommand(program, "migrate:rollback", {
    summary: "take back the last migrations by their down.sql; what they added is lost, so make a backup first",
    examples: [
      ["db:backup && npm run mgs -- migrate:rollback", "take back the last one"],
      ["migrate:rollback --step 3", "take back the last three"],
    ],
  })
    .option("--step <n>", "how many", parsePositive, 1)
    .action(async ({ step, json }: { step: number; json: boolean }) => {
      const { DATABASE_URL } = readDatabaseEnv(await context.environment(false));
      const rolledBack = await rollbackMigrations(DATABASE_URL, context.migrations, step);
      if (json) context.print(JSON.stringify({ rolled_back: rolledBack }, null, 2));
      else if (rolledBack.length === 0) context.print("no migration is applied");
      else for (const name of rolledBack) context.print(`rolled back ${name}`);
    });
}

function parsePositive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("It has to be a number from 1.");
  return number;
}
