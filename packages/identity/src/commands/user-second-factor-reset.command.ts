import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { resetSecondFactor } from "../second-factor/reset-second-factor";
import { findAccountOf } from "../users/find-account";
import { withAttemptLimiters } from "./with-attempt-limiters";

export function addUserSecondFactorReset(program: Command, context: CommandContext): void {
  addCommand(program, "user:second-factor-reset", {
    summary: "remove passkeys, authenticator app and recovery codes of a person who has lost them; their sign-ins end",
    examples: [["user:second-factor-reset hery@mgs.mg", "somebody has lost their phone"]],
  })
    .argument("<user>", "number or e-mail address")
    .action(async (ref: string, { json }: { json: boolean }) => {
      const { id, email, ended } = await withAttemptLimiters(context, async (services) => {
        const user = await findAccountOf(services, CLI_ACTOR, ref);
        const outcome = await resetSecondFactor(services, CLI_ACTOR, { userId: user.id });
        return { id: user.id, email: user.email, ...outcome };
      });
      printResult(context, json, { id, email, ended }, () => {
        context.print(`the second factors of ${email} are removed`);
        context.print(`${ended} sign-ins ended`);
      });
    });
}
