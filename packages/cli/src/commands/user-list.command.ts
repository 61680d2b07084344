import { ROLES } from "@mgs/core/roles";
import { listUsers } from "@mgs/identity/users/list-users";
import { type Command, Option } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { printResult, printTable } from "../print-table";
import { CLI_ACTOR } from "../system-actor";
import { paintOf } from "../terminal-text";
import { withDatabase } from "../with-database";

type Options = {
  search?: string;
  role?: string;
  disabled: boolean;
  active: boolean;
  cursor?: string;
  limit: string;
  json: boolean;
};

export function addUserList(program: Command, context: CliContext): void {
  addCommand(program, "user:list", {
    summary: "list the accounts, by number",
    examples: [
      ["user:list --role administrateur", "who runs the system"],
      ["user:list --search rakoto --disabled", "a former colleague"],
    ],
  })
    .option("--search <words>", "words of the name or the address")
    .addOption(new Option("--role <role>", "only these").choices(ROLES))
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
