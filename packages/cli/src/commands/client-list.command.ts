import { listClients } from "@mgs/identity/clients/list-clients";
import type { Command } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { printResult, printTable } from "../print-table";
import { CLI_ACTOR } from "../system-actor";
import { paintOf } from "../terminal-text";
import { withDatabase } from "../with-database";

export function addClientList(program: Command, context: CliContext): void {
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
