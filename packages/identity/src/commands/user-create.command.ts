import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { generatePassword, readPassword } from "@mgs/command-kit/read-password";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withServices } from "@mgs/command-kit/with-services";
import { LOCALES, type Locale } from "@mgs/core/locale";
import type { Role } from "@mgs/core/roles";
import type { CommandContext } from "@mgs/module/command";
import { type Command, Option } from "commander";
import { createUser } from "../users/create-user";
import { inviteUser } from "../users/invite-user";
import { roleOption } from "./role-option";

type Options = {
  name: string;
  email: string;
  role: Role;
  locale: Locale;
  password: boolean;
  generate: boolean;
  json: boolean;
};

export function addUserCreate(program: Command, context: CommandContext): void {
  addCommand(program, "user:create", {
    summary: "make an account, and invite its owner by mail to choose a password",
    examples: [
      ["user:create --name 'Hery R.' --email hery@mgs.mg --role commercial", "invite them"],
      [
        "user:create --name 'Hery R.' --email hery@mgs.mg --role commercial --password",
        "no mail leaves yet: ask for one",
      ],
    ],
  })
    .requiredOption("--name <name>", "as colleagues see it")
    .requiredOption("--email <address>", "to sign in with")
    .addOption(roleOption("decides which portals open").makeOptionMandatory())
    .addOption(new Option("--locale <language>", "of pages and e-mails").choices(LOCALES).default("fr"))
    .option("--password", "ask for a first password, or read it from standard input; its owner has to change it", false)
    .addOption(
      new Option("--generate", "make a first password up and print it; its owner has to change it")
        .default(false)
        .conflicts("password"),
    )
    .action(async ({ password: isAsked, generate, json, ...account }: Options) => {
      const first = generate ? generatePassword() : isAsked ? await readPassword(context) : null;
      const user = await withServices(context, (services) =>
        first === null
          ? inviteUser(services, CLI_ACTOR, account)
          : createUser(services, CLI_ACTOR, { ...account, password: first }),
      );
      const result = { ...user, invited: first === null, ...(generate ? { password: first } : {}) };
      printResult(context, json, result, () => {
        context.print(`${first === null ? "invited" : "created"} ${user.id} ${user.email}`);
        if (generate) context.print(`password ${first}, to be changed at the first sign-in`);
      });
    });
}
