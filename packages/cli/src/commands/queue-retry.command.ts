import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { createProgressLine } from "@mgs/command-kit/progress-line";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { type Services, withServices } from "@mgs/command-kit/with-services";
import { retryAllFailed, retryFailed } from "@mgs/jobs/admin/retry-failed";
import { QUEUES } from "@mgs/jobs/queues";
import { type Command, Option } from "commander";
import type { CliContext } from "../context";
import { OUTBOX_KINDS } from "../outbox-kinds";

type Filter = { queue?: string; kind?: string };
type Options = Filter & { all: boolean; json: boolean };

export function addQueueRetry(program: Command, context: CliContext): void {
  const command = addCommand(program, "queue:retry", {
    summary: "give dead letters all their attempts again",
    examples: [
      ["queue:retry 0192f0c1-…", "one of them"],
      ["queue:retry --all --queue emails", "all e-mails, after the mail server is back"],
    ],
  })
    .argument("[ids...]", "as queue:failed prints them")
    .option("--all", "all that were given up", false)
    .addOption(new Option("--queue <queue>", "with --all: only of this one").choices(QUEUES))
    .addOption(new Option("--kind <kind>", "with --all: only of this kind").choices(OUTBOX_KINDS));
  command.action(async (ids: string[], { all, json, queue, kind }: Options) => {
    if (all === ids.length > 0) command.error("error: give ids, or --all");
    if (!all && (queue ?? kind) !== undefined) command.error("error: --queue and --kind go with --all");
    const filter = { ...(queue === undefined ? {} : { queue }), ...(kind === undefined ? {} : { kind }) };
    const result = await withServices(context, (services) =>
      all ? retryAll(context, services, filter) : retryFailed(services, CLI_ACTOR, { ids }),
    );
    printResult(context, json, result, () => context.print(`${result.retried} will be delivered again`));
  });
}

async function retryAll(context: CliContext, services: Services, filter: Filter): Promise<{ retried: number }> {
  const progress = createProgressLine(context);
  let retried = 0;
  let cursor: string | null = null;
  do {
    const before = retried;
    const input = { ...filter, ...(cursor === null ? {} : { cursor }) };
    const round = await retryAllFailed(services, CLI_ACTOR, input, (done) => progress.show(`${before + done} …`));
    retried += round.retried;
    cursor = round.next;
  } while (cursor !== null);
  progress.clear();
  return { retried };
}
