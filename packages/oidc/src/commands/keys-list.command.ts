import { addCommand } from "@mgs/command-kit/add-command";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import { systemClock } from "@mgs/core/clock";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { listSigningKeys } from "../keys/list-signing-keys";

export function addKeysList(program: Command, context: CommandContext): void {
  addCommand(program, "keys:list", {
    summary: "list the provider's signing keys: which one signs, which are published beside it, and until when",
    examples: [["keys:list", "after a rotation"]],
  }).action(async ({ json }: { json: boolean }) => {
    const keys = await withDatabase(context, (database) =>
      listSigningKeys({ database, clock: systemClock }, CLI_ACTOR),
    );
    printResult(context, json, keys, () =>
      printTable(
        context,
        ["KEY", "STATE", "SIGNS FROM", "PUBLISHED UNTIL"],
        keys.map((key) => [key.kid, key.state, key.signs_from, key.published_until ?? ""]),
        "none",
      ),
    );
  });
}
