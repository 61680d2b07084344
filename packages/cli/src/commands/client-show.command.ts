import { type ClientDetail, showClient } from "@mgs/identity/clients/show-client";
import { countLiveAccessTokens } from "@mgs/oidc/client-payloads.repository";
import type { Command } from "commander";
import { addCommand } from "../add-command";
import { columns } from "../columns";
import type { CliContext } from "../context";
import { printResult } from "../print-table";
import { CLI_ACTOR } from "../system-actor";
import { withDatabase } from "../with-database";

export function addClientShow(program: Command, context: CliContext): void {
  addCommand(program, "client:show", {
    summary: "show one OAuth client, without its secret",
    examples: [["client:show commercial", "addresses and scopes of a portal's own client"]],
  })
    .argument("<client_id>", "as client:list prints it")
    .action(async (id: string, { json }: { json: boolean }) => {
      const client = await withDatabase(context, (database) =>
        showClient({ database, countLiveAccessTokens }, CLI_ACTOR, id),
      );
      printResult(context, json, client, () => {
        for (const line of columns(facts(client))) context.print(line);
      });
    });
}

function facts(client: ClientDetail): [string, string][] {
  const kind = client.first_party ? "portal" : client.machine ? "machine" : "web";
  return [
    ["client_id", client.client_id],
    ["name", client.name],
    ["kind", client.revoked_at === null ? kind : `${kind}, revoked ${client.revoked_at}`],
    ["scopes", client.scopes.join(" ")],
    ["redirect URIs", client.redirect_uris.join(" ")],
    ["after logout", client.post_logout_redirect_uris.join(" ")],
    ["back-channel logout", client.backchannel_logout_uri ?? "none"],
    ["live access tokens", String(client.live_tokens)],
    ["created", client.created_at],
  ];
}
