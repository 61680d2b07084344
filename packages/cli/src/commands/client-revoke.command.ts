import { revokeClient } from "@mgs/identity/clients/revoke-client";
import type { Command } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { printResult } from "../print-table";
import { CLI_ACTOR } from "../system-actor";
import { withServices } from "../with-services";

export function addClientRevoke(program: Command, context: CliContext): void {
  addCommand(program, "client:revoke", {
    summary: "take an OAuth client's rights away for good; its tokens end at once",
    examples: [["client:revoke 0192f0c1-…", "a program that is no longer used"]],
  })
    .argument("<client_id>", "as client:list prints it")
    .action(async (id: string, { json }: { json: boolean }) => {
      const result = await withServices(context, (services) => revokeClient(services, CLI_ACTOR, id));
      printResult(context, json, { client_id: id, ...result }, () =>
        context.print(result.changed ? `revoked ${id}` : `${id} was revoked before`),
      );
    });
}
