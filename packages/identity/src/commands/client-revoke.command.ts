import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withServices } from "@mgs/command-kit/with-services";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { revokeClient } from "../clients/revoke-client";

export function addClientRevoke(program: Command, context: CommandContext): void {
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
