import { addCommand } from "@mgs/command-kit/add-command";
import { alignColumns } from "@mgs/command-kit/align-columns";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import { systemClock } from "@mgs/core/clock";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { MAX_COUNTED_USES } from "../clients/client-uses.repository";
import { type ClientDetail, showClient } from "../clients/show-client";

export function addClientShow(program: Command, context: CommandContext): void {
  addCommand(program, "client:show", {
    summary: "show one OAuth client, without its secret",
    examples: [["client:show commercial", "addresses and scopes of a portal's own client"]],
  })
    .argument("<client_id>", "as client:list prints it")
    .action(async (id: string, { json }: { json: boolean }) => {
      const client = await withDatabase(context, (database) =>
        showClient(
          { database, clock: systemClock, countLiveAccessTokens: context.ports.countLiveAccessTokens },
          CLI_ACTOR,
          id,
        ),
      );
      printResult(context, json, client, () => {
        for (const line of alignColumns(facts(client))) context.print(line);
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
    ["PKCE", client.pkce_exempt ? "not required" : "required"],
    ["old secret opens until", client.previous_secret_until ?? "none"],
    ["live access tokens", counted(client.live_tokens)],
    ["consents", counted(client.consents)],
    ["sign-ins in 30 days", String(client.sign_ins)],
    ["last used", client.last_used_at ?? "never"],
    ["created", client.created_at],
  ];
}

function counted(count: number): string {
  return count > MAX_COUNTED_USES ? `more than ${MAX_COUNTED_USES}` : String(count);
}
