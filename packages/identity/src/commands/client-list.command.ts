import { addCommand } from "@mgs/command-kit/add-command";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { paintOf } from "@mgs/command-kit/terminal-text";
import { withDatabase } from "@mgs/command-kit/with-database";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { listClients } from "../clients/list-clients";

export function addClientList(program: Command, context: CommandContext): void {
  addCommand(program, "client:list", {
    summary: "list the OAuth clients, without their secrets",
    examples: [["client:list", "portals, web applications, programs"]],
  }).action(async ({ json }: { json: boolean }) => {
    const clients = await withDatabase(context, (database) => listClients({ database }, CLI_ACTOR));
    printResult(context, json, clients, () => {
      const paint = paintOf(context);
      const rows = clients.map((client) => [
        client.client_id,
        client.name,
        client.revoked ? paint.red("revoked") : client.machine ? "machine" : client.first_party ? "portal" : "web",
        client.scopes.join(" "),
        client.redirect_uris.join(" "),
      ]);
      printTable(context, ["CLIENT_ID", "NAME", "KIND", "SCOPES", "REDIRECT URIS"], rows, "none");
    });
  });
}
