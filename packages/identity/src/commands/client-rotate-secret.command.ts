import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { rotateSecret } from "../clients/rotate-secret";

export function addClientRotateSecret(program: Command, context: CommandContext): void {
  addCommand(program, "client:rotate-secret", {
    summary: "give an OAuth client a new secret, shown this once; the old one ends now, issued tokens stay",
    examples: [["client:rotate-secret 0192f0c1-…", "after a secret has leaked"]],
  })
    .argument("<client_id>", "as client:list prints it")
    .action(async (id: string, { json }: { json: boolean }) => {
      const client = await withDatabase(context, (database) => rotateSecret({ database }, CLI_ACTOR, id));
      printResult(context, json, client, () => {
        context.print(`client_id      ${client.client_id}`);
        context.print(`client_secret  ${client.client_secret}`);
      });
    });
}
