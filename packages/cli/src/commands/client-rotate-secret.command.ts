import { rotateSecret } from "@mgs/identity/clients/rotate-secret";
import type { Command } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { printResult } from "../print-table";
import { CLI_ACTOR } from "../system-actor";
import { withDatabase } from "../with-database";

export function addClientRotateSecret(program: Command, context: CliContext): void {
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
