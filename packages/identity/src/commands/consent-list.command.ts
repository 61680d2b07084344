import { addCommand } from "@mgs/command-kit/add-command";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { listConsents } from "../consents/list-consents";
import { findAccountOf } from "../users/find-account";

export function addConsentList(program: Command, context: CommandContext): void {
  addCommand(program, "consent:list", {
    summary: "list the applications that a person has given access to",
    examples: [["consent:list --user hery@mgs.mg", "what may act for him"]],
  })
    .requiredOption("--user <user>", "number or e-mail address")
    .action(async ({ user: ref, json }: { user: string; json: boolean }) => {
      const consents = await withDatabase(context, async (database) => {
        const { id } = await findAccountOf({ database }, CLI_ACTOR, ref);
        return listConsents({ database }, CLI_ACTOR, { userId: id });
      });
      printResult(context, json, consents, () => {
        const rows = consents.map((consent) => [
          consent.client_id,
          consent.client_name,
          consent.scopes.join(" "),
          consent.given_at,
          consent.last_used_at ?? "never",
        ]);
        printTable(context, ["CLIENT_ID", "NAME", "SCOPES", "SINCE", "LAST USED"], rows, "none");
      });
    });
}
