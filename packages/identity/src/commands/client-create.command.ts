import { addCommand } from "@mgs/command-kit/add-command";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import { systemClock } from "@mgs/core/clock";
import { SCOPES, type Scope } from "@mgs/core/scopes";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { createClient } from "../clients/create-client";
import { collect, collectScopes } from "./client-options";

type Options = {
  name: string;
  redirectUri: string[];
  postLogoutRedirectUri: string[];
  backchannelLogoutUri?: string;
  machine: boolean;
  scope: Scope[];
  exemptPkce: boolean;
  json: boolean;
};

export function addClientCreate(program: Command, context: CommandContext): void {
  addCommand(program, "client:create", {
    summary: "register an OAuth client and print its credentials; the secret is shown this once",
    examples: [
      ["client:create --name Agenda --redirect-uri https://agenda.mgs.mg/callback", "a web application"],
      ["client:create --name ERP --machine --scope notifications:send", "a program that sends notifications"],
    ],
  })
    .requiredOption("--name <name>", "what people see on the consent page")
    .option("--redirect-uri <uri>", "exact redirect URI; repeat for several", collect, [])
    .option("--post-logout-redirect-uri <uri>", "where a logout may come back to; repeat for several", collect, [])
    .option("--backchannel-logout-uri <uri>", "told of each session's end (OpenID Connect Back-Channel Logout)")
    .option("--machine", "a program that signs in by client credentials", false)
    .option(
      "--scope <scopes>",
      `scopes, separated by spaces or commas, or repeated: ${SCOPES.join(", ")}`,
      collectScopes,
      [],
    )
    .option("--exempt-pkce", "let its code flow come without PKCE, as older libraries send it; a weaker sign-in", false)
    .action(async ({ name, redirectUri, machine, scope, exemptPkce, json, ...logout }: Options) => {
      const client = await withDatabase(context, (database) =>
        createClient({ database, clock: systemClock }, CLI_ACTOR, {
          name,
          redirectUris: redirectUri,
          postLogoutRedirectUris: logout.postLogoutRedirectUri,
          backchannelLogoutUri: logout.backchannelLogoutUri ?? null,
          machine,
          scopes: scope,
          pkceExempt: exemptPkce,
        }),
      );
      if (json) context.print(JSON.stringify(client, null, 2));
      else {
        context.print(`client_id      ${client.client_id}`);
        context.print(`client_secret  ${client.client_secret}`);
      }
    });
}
