import { addCommand } from "@mgs/command-kit/add-command";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { paintOf } from "@mgs/command-kit/terminal-text";
import { withDatabase } from "@mgs/command-kit/with-database";
import type { CommandContext } from "@mgs/module/command";
import { type Command, Option } from "commander";
import { listUsers } from "../users/list-users";
import { roleOption } from "./role-option";

type Options = {
  search?: string;
  role?: string;
  disabled: boolean;
  active: boolean;
  cursor?: string;
  limit: string;
  json: boolean;
};

export function addUserList(program: Command, context: CommandContext): void {
  addCommand(program, "user:list", {
    summary: "list the accounts, by number",
    examples: [
      ["user:list --role administrateur", "who runs the system"],
      ["user:list --search rakoto --disabled", "a former colleague"],
    ],
  })
    .option("--search <words>", "words of the name or the address")
    .addOption(roleOption("only these"))
    .addOption(new Option("--disabled", "only accounts that are disabled").default(false).conflicts("active"))
    .option("--active", "only accounts that are not", false)
    .option("--limit <n>", "1 to 500", "100")
    .option("--cursor <n>", "go on after this number")
    .action(async ({ disabled, active, json, ...input }: Options) => {
      const filter = disabled ? { disabled: true } : active ? { disabled: false } : {};
      const page = await withDatabase(context, (database) =>
        listUsers({ database }, CLI_ACTOR, { ...input, ...filter }),
      );
      printResult(context, json, page, () => {
        const paint = paintOf(context);
        const rows = page.items.map((user) => [
          String(user.id),
          user.name,
          user.email,
          user.role,
          user.disabled ? paint.red("disabled") : "active",
          String(user.sessions),
        ]);
        printTable(context, ["ID", "NAME", "EMAIL", "ROLE", "STATE", "SESSIONS"], rows, "nobody");
        if (page.next !== null) context.print(`more: --cursor ${page.next}`);
      });
    });
}
