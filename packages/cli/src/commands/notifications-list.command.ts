import { isPortal } from "@mgs/core/portals";
import { listClients } from "@mgs/identity/clients/list-clients";
import { findAccountOf } from "@mgs/identity/users/find-account";
import { listSent } from "@mgs/notifications/admin/list-sent";
import type { Command } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { printResult, printTable } from "../print-table";
import { CLI_ACTOR } from "../system-actor";
import { paintOf } from "../terminal-text";
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
      const { page, names } = await withDatabase(context, async (database) => {
        const user = await findAccountOf({ database }, CLI_ACTOR, ref);
        const page = await listSent({ database }, CLI_ACTOR, { user_id: user.id, limit: Number(limit), before });
        const clients = (await listClients({ database }, CLI_ACTOR)).filter(({ revoked }) => !revoked);
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
