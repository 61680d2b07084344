import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { generatePassword, readPassword } from "@mgs/command-kit/read-password";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import type { CommandContext } from "@mgs/module/command";
import { type Command, Option } from "commander";
import { findAccountOf } from "../users/find-account";
import { invitePerson } from "../users/invite-person";
import { setPassword } from "../users/set-password";
import { withAttemptLimiters } from "./with-attempt-limiters";

type Options = { password: boolean; generate: boolean; json: boolean };

export function addUserPassword(program: Command, context: CommandContext): void {
  addCommand(program, "user:password", {
    summary: "send the link by which a person chooses a new password; or set one, which ends every sign-in of theirs",
    examples: [
      ["user:password hery@mgs.mg", "send the link"],
      ["user:password hery@mgs.mg --password", "ask for a password, which they have to change"],
      ["user:password hery@mgs.mg --generate", "make one up and print it, to be changed"],
    ],
  })
    .argument("<user>", "number or e-mail address")
    .option("--password", "ask for a password, or read it from standard input; its owner has to change it", false)
    .addOption(
      new Option("--generate", "make a password up and print it; its owner has to change it")
        .default(false)
        .conflicts("password"),
    )
    .action(async (ref: string, { password: isAsked, generate, json }: Options) => {
      const result = await withAttemptLimiters(context, async (services) => {
        const { id, email } = await findAccountOf(services, CLI_ACTOR, ref);
        const password = generate ? generatePassword() : isAsked ? await readPassword(context) : null;
        if (password === null) return { id, email, ...(await invitePerson(services, CLI_ACTOR, { userId: id })) };
        const { ended } = await setPassword(services, CLI_ACTOR, { userId: id, password });
        return { id, email, ended, ...(generate ? { password } : {}) };
      });
      printResult(context, json, result, () => {
        if ("sent" in result) return context.print(`a link is on its way to ${result.email}`);
        context.print(
          `${result.email} has a new password, to be changed at the next sign-in; ${result.ended} sign-ins ended`,
        );
        if (result.password !== undefined) context.print(`password ${result.password}`);
      });
    });
}
