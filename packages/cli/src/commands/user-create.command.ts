import { LOCALES, type Locale } from "@mgs/core/locale";
import { ROLES, type Role } from "@mgs/core/roles";
import { createUser } from "@mgs/identity/users/create-user";
import { type Command, Option } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { printResult } from "../print-table";
import { generatePassword, readPassword } from "../read-password";
import { CLI_ACTOR } from "../system-actor";
import { withDatabase } from "../with-database";

type Options = { name: string; email: string; role: Role; locale: Locale; generate: boolean; json: boolean };

export function addUserCreate(program: Command, context: CliContext): void {
  addCommand(program, "user:create", {
    summary: "make an account; the password is asked for, or read from standard input",
    examples: [
      ["user:create --name 'Hery R.' --email hery@mgs.mg --role commercial", "ask for the password"],
      ["user:create --name 'Hery R.' --email hery@mgs.mg --role commercial --generate", "print one, this once"],
    ],
  })
    .requiredOption("--name <name>", "as colleagues see it")
    .requiredOption("--email <address>", "to sign in with")
    .addOption(new Option("--role <role>", "decides which portals open").choices(ROLES).makeOptionMandatory())
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
