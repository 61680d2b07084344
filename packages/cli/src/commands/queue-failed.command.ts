import { addCommand } from "@mgs/command-kit/add-command";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import { listFailed } from "@mgs/jobs/admin/list-failed";
import { QUEUES } from "@mgs/jobs/queues";
import { type Command, Option } from "commander";
import type { CliContext } from "../context";
import { OUTBOX_KINDS } from "../outbox-kinds";

type Options = { queue?: string; kind?: string; limit: string; cursor?: string; json: boolean };

export function addQueueFailed(program: Command, context: CliContext): void {
  addCommand(program, "queue:failed", {
    summary: "list what could not be delivered, with the reason; --json shows the payload, secrets masked",
    examples: [["queue:failed --queue emails", "e-mails that were given up"]],
  })
    .addOption(new Option("--queue <queue>", "only of this one").choices(QUEUES))
    .addOption(new Option("--kind <kind>", "only of this kind").choices(OUTBOX_KINDS))
    .option("--limit <n>", "1 to 100", "25")
    .option("--cursor <id>", "go on after this one")
    .action(async ({ json, ...input }: Options) => {
      const page = await withDatabase(context, (database) => listFailed({ database }, CLI_ACTOR, input));
      printResult(context, json, page, () => {
        const rows = page.items.map((item) => [
          item.id,
          item.kind,
          String(item.attempts),
          item.failed_at ?? "",
          item.last_error ?? "",
        ]);
        printTable(context, ["ID", "KIND", "ATTEMPTS", "GIVEN UP", "LAST ERROR"], rows, "none");
        if (page.next !== null) context.print(`more: --cursor ${page.next}`);
      });
    });
}
