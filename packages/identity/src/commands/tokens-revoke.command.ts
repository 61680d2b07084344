import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withServices } from "@mgs/command-kit/with-services";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { endAllSessions } from "../sessions/end-all-sessions";
import { findAccountOf } from "../users/find-account";

export function addTokensRevoke(program: Command, context: CommandContext): void {
  addCommand(program, "tokens:revoke", {
    summary: "end every sign-in of a person with its tokens, on all devices and in all portals",
    examples: [["tokens:revoke --user hery@mgs.mg", "a telephone was stolen"]],
  })
    .requiredOption("--user <user>", "number or e-mail address")
    .action(async ({ user: ref, json }: { user: string; json: boolean }) => {
      const result = await withServices(context, async (services) => {
        const user = await findAccountOf(services, CLI_ACTOR, ref);
        const { ended } = await endAllSessions(services, CLI_ACTOR, { userId: user.id, reason: "administrator" });
        return { id: user.id, email: user.email, ended };
      });
      printResult(context, json, result, () => context.print(`${result.email}: ${result.ended} sign-ins ended`));
    });
}
