import { findAccountOf } from "@mgs/identity/users/find-account";
import { listSent } from "@mgs/notifications/admin/list-sent";
import type { Command } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { paintOf, printResult, printTable } from "../print-table";
import { CLI_ACTOR } from "../system-actor";
import { withDatabase } from "../with-database";

type Options = { user: string; limit: string; before?: string; json: boolean };

export function addNotificationsList(program: Command, context: CliContext): void {
  addCommand(program, "notifications:list", {
    summary: "list what was sent to a person, newest first, and how its deliveries are",
    examples: [["notifications:list --user hery@mgs.mg --limit 5", "the last five"]],
  })
    .requiredOption("--user <user>", "number or e-mail address")
    .option("--limit <n>", "1 to 100", "25")
    .option("--before <id>", "go on after this one")
    .action(async ({ user: ref, limit, before, json }: Options) => {
      const page = await withDatabase(context, async (database) => {
        const user = await findAccountOf({ database }, CLI_ACTOR, ref);
        return listSent({ database }, CLI_ACTOR, { user_id: user.id, limit: Number(limit), before });
      });
      printResult(context, json, page, () => {
        const paint = paintOf(context);
        const rows = page.items.map((item) => [
          item.id,
          item.created_at,
          item.source,
          item.type,
          item.deleted_at ? "deleted" : item.archived_at ? "archived" : item.read_at ? "read" : "unread",
          item.state === "failed" ? paint.red("failed") : item.state,
          item.titre,
        ]);
        printTable(context, ["ID", "SENT", "FROM", "TYPE", "READER", "DELIVERY", "TITRE"], rows, "none");
        if (page.older !== null) context.print(`more: --before ${page.older}`);
      });
    });
}
