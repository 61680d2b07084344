import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { generatePassword, readPassword } from "@mgs/command-kit/read-password";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withServices } from "@mgs/command-kit/with-services";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { findAccountOf } from "../users/find-account";
import { setPassword } from "../users/set-password";

export function addUserPassword(program: Command, context: CommandContext): void {
  addCommand(program, "user:password", {
    summary: "give an account a new password, asked for or read from standard input; every sign-in of it ends",
    examples: [
      ["user:password hery@mgs.mg", "ask for it"],
      ["user:password hery@mgs.mg --generate", "make one up and print it, this once"],
      ["user:password hery@mgs.mg < password.txt", "the first line of a file"],
    ],
  })
    .argument("<user>", "number or e-mail address")
    .option("--generate", "make a password up and print it", false)
    .action(async (ref: string, { generate, json }: { generate: boolean; json: boolean }) => {
      const result = await withServices(context, async (services) => {
        const user = await findAccountOf(services, CLI_ACTOR, ref);
        const password = generate ? generatePassword() : await readPassword(context);
        const { ended } = await setPassword(services, CLI_ACTOR, { userId: user.id, password });
        return { id: user.id, email: user.email, ended, ...(generate ? { password } : {}) };
      });
      printResult(context, json, result, () => {
        context.print(`${result.email} has a new password; ${result.ended} sign-ins ended`);
        if (result.password !== undefined) context.print(`password ${result.password}`);
      });
    });
}
