import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withServices } from "@mgs/command-kit/with-services";
import { SCOPES, type Scope } from "@mgs/core/scopes";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { requireOutsideClient } from "../clients/require-outside-client";
import { updateClient } from "../clients/update-client";
import { collect, collectScopes } from "./client-options";

type Options = {
  name?: string;
  redirectUri?: string[];
  postLogoutRedirectUri?: string[];
  /** False by `--no-backchannel-logout-uri`. */
  backchannelLogoutUri?: string | false;
  scope?: Scope[];
  exemptPkce?: boolean;
  requirePkce?: boolean;
  json: boolean;
};

export function addClientEdit(program: Command, context: CommandContext): void {
  addCommand(program, "client:edit", {
    summary: "change an OAuth client; what is not named stays, and it holds from the next request on",
    examples: [
      ["client:edit 0192f0c1-… --redirect-uri https://agenda.mgs.mg/retour", "its only redirect URI from now on"],
      ["client:edit 0192f0c1-… --exempt-pkce", "a library that sends no PKCE"],
    ],
  })
    .argument("<client_id>", "as client:list prints it")
    .option("--name <name>", "what people see on the consent page")
    .option("--redirect-uri <uri>", "exact redirect URI, instead of those before; repeat for several", collect)
    .option("--post-logout-redirect-uri <uri>", "the same for where a logout may come back to", collect)
    .option("--backchannel-logout-uri <uri>", "told of each session's end (OpenID Connect Back-Channel Logout)")
    .option("--no-backchannel-logout-uri", "told no longer")
    .option("--scope <scopes>", `scopes instead of those before: ${SCOPES.join(", ")}`, collectScopes)
    .option("--exempt-pkce", "let its code flow come without PKCE, as older libraries send it; a weaker sign-in")
    .option("--require-pkce", "take that back")
    .action(async (id: string, { json, ...options }: Options) => {
      const result = await withServices(context, async (services) => {
        const client = await requireOutsideClient(services.database, id);
        const { backchannelLogoutUri: logout = client.backchannelLogoutUri } = options;
        return updateClient(services, CLI_ACTOR, {
          clientId: id,
          version: client.version,
          name: options.name ?? client.name,
          redirectUris: options.redirectUri ?? client.redirectUris,
          postLogoutRedirectUris: options.postLogoutRedirectUri ?? client.postLogoutRedirectUris,
          backchannelLogoutUri: logout === false ? null : logout,
          scopes: options.scope ?? client.scopes,
          pkceExempt: options.requirePkce ? false : (options.exemptPkce ?? client.pkceExempt),
        });
      });
      printResult(context, json, { client_id: id, ...result }, () =>
        context.print(result.changed.length > 0 ? `changed ${id}: ${result.changed.join(", ")}` : `${id} is as before`),
      );
    });
}
