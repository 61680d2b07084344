import { addCommand } from "@mgs/command-kit/add-command";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { paintOf } from "@mgs/command-kit/terminal-text";
import { withDatabase } from "@mgs/command-kit/with-database";
import { isPortal } from "@mgs/core/portals";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { listSent } from "../admin/list-sent";

type Options = { user: string; limit: string; before?: string; json: boolean };

export function addNotificationsList(program: Command, context: CommandContext): void {
  addCommand(program, "notifications:list", {
    summary: "list what was sent to a person, newest first, and how its deliveries are",
    examples: [["notifications:list --user hery@mgs.mg --limit 5", "the last five"]],
  })
    .requiredOption("--user <user>", "number or e-mail address")
    .option("--limit <n>", "1 to 100", "25")
    .option("--before <id>", "go on after this one")
    .action(async ({ user: ref, limit, before, json }: Options) => {
      const { page, names } = await withDatabase(context, async (database) => {
        const user = await context.ports.findAccount({ database }, CLI_ACTOR, ref);
        const page = await listSent({ database }, CLI_ACTOR, { user_id: user.id, limit: Number(limit), before });
        const clients = (await context.ports.listClients({ database }, CLI_ACTOR)).filter(({ revoked }) => !revoked);
        return { page, names: new Map(clients.map(({ client_id, name }) => [client_id, name])) };
      });
      printResult(context, json, page, () => {
        const paint = paintOf(context);
        const rows = page.items.map((item) => [
          item.id,
          item.created_at,
          isPortal(item.source) ? item.source : (names.get(item.source) ?? "(removed program)"),
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
