import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withServices } from "@mgs/command-kit/with-services";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { disableUser, enableUser } from "../users/disable-user";
import { findAccountOf } from "../users/find-account";

export function addUserDisable(program: Command, context: CommandContext): void {
  addCommand(program, "user:disable", {
    summary: "shut an account: every sign-in of it ends at once, in all portals; its notifications stay",
    examples: [
      ["user:disable hery@mgs.mg", "somebody has left"],
      ["user:disable hery@mgs.mg --undo", "somebody is back"],
    ],
  })
    .argument("<user>", "number or e-mail address")
    .option("--undo", "open it again", false)
    .action(async (ref: string, { undo, json }: { undo: boolean; json: boolean }) => {
      const { id, email, ...result } = await withServices(context, async (services) => {
        const user = await findAccountOf(services, CLI_ACTOR, ref);
        const input = { userId: user.id };
        const outcome = undo
          ? { ...(await enableUser(services, CLI_ACTOR, input)), ended: 0 }
          : await disableUser(services, CLI_ACTOR, input);
        return { id: user.id, email: user.email, ...outcome };
      });
      printResult(context, json, { id, email, disabled: !undo, ...result }, () => {
        const state = undo ? "open" : "disabled";
        context.print(result.changed ? `${email} is ${state}` : `${email} was ${state} before`);
        if (!undo) context.print(`${result.ended} sign-ins ended`);
      });
    });
}
