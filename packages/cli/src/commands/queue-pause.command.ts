import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withServices } from "@mgs/command-kit/with-services";
import { pauseQueue, resumeQueue } from "@mgs/jobs/admin/pause-queue";
import { QUEUES, type QueueName } from "@mgs/jobs/queues";
import { Argument, type Command } from "commander";
import type { CliContext } from "../context";

const createQueueArgument = () => new Argument("<queue>", "which").choices(QUEUES);

export function addQueuePause(program: Command, context: CliContext): void {
  addCommand(program, "queue:pause", {
    summary: "deliver nothing of a queue until it is resumed; what is accepted meanwhile waits",
    examples: [["queue:pause emails", "while the mail server is repaired"]],
  })
    .addArgument(createQueueArgument())
    .action(async (queue: QueueName, { json }: { json: boolean }) => {
      const { changed } = await withServices(context, (services) => pauseQueue(services, CLI_ACTOR, { queue }));
      printResult(context, json, { queue, paused: true, changed }, () =>
        context.print(changed ? `${queue} is paused` : `${queue} was paused before`),
      );
    });
}

export function addQueueResume(program: Command, context: CliContext): void {
  addCommand(program, "queue:resume", {
    summary: "let a paused queue deliver again, the oldest first",
    examples: [["queue:resume emails", "the mail server works again"]],
  })
    .addArgument(createQueueArgument())
    .action(async (queue: QueueName, { json }: { json: boolean }) => {
      const { changed } = await withServices(context, (services) => resumeQueue(services, CLI_ACTOR, { queue }));
      printResult(context, json, { queue, paused: false, changed }, () =>
        context.print(changed ? `${queue} delivers again` : `${queue} was not paused`),
      );
    });
}
