import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withServices } from "@mgs/command-kit/with-services";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { withdrawConsent } from "../consents/withdraw-consent";
import { findAccountOf } from "../users/find-account";

export function addConsentWithdraw(program: Command, context: CommandContext): void {
  addCommand(program, "consent:withdraw", {
    summary: "withdraw a person's consent to an application; its tokens for that person end at once",
    examples: [["consent:withdraw 0192f0c1-… --user hery@mgs.mg", "he cannot do it himself"]],
  })
    .argument("<client_id>", "as consent:list prints it")
    .requiredOption("--user <user>", "number or e-mail address")
    .action(async (clientId: string, { user: ref, json }: { user: string; json: boolean }) => {
      const result = await withServices(context, async (services) => {
        const { id, email } = await findAccountOf(services, CLI_ACTOR, ref);
        const { client_name } = await withdrawConsent(services, CLI_ACTOR, { userId: id, clientId });
        return { id, email, client_id: clientId, client_name };
      });
      printResult(context, json, result, () => context.print(`${result.email}: ${result.client_name} has no access`));
    });
}
