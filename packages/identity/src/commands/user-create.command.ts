import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { generatePassword, readPassword } from "@mgs/command-kit/read-password";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import { LOCALES, type Locale } from "@mgs/core/locale";
import type { Role } from "@mgs/core/roles";
import type { CommandContext } from "@mgs/module/command";
import { type Command, Option } from "commander";
import { createUser } from "../users/create-user";
import { roleOption } from "./role-option";

type Options = { name: string; email: string; role: Role; locale: Locale; generate: boolean; json: boolean };

export function addUserCreate(program: Command, context: CommandContext): void {
  addCommand(program, "user:create", {
    summary: "make an account; the password is asked for, or read from standard input",
    examples: [
      ["user:create --name 'Hery R.' --email hery@mgs.mg --role commercial", "ask for the password"],
      ["user:create --name 'Hery R.' --email hery@mgs.mg --role commercial --generate", "print one, this once"],
    ],
  })
    .requiredOption("--name <name>", "as colleagues see it")
    .requiredOption("--email <address>", "to sign in with")
    .addOption(roleOption("decides which portals open").makeOptionMandatory())
    .addOption(new Option("--locale <language>", "of pages and e-mails").choices(LOCALES).default("fr"))
    .option("--generate", "make a password up and print it", false)
    .action(async ({ generate, json, ...account }: Options) => {
      const password = generate ? generatePassword() : await readPassword(context);
      const user = await withDatabase(context, (database) =>
        createUser({ database }, CLI_ACTOR, { ...account, password }),
      );
      printResult(context, json, { ...user, ...(generate ? { password } : {}) }, () => {
        context.print(`created ${user.id} ${user.email}`);
        if (generate) context.print(`password ${password}`);
      });
    });
}
