import { addCommand } from "@mgs/command-kit/add-command";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { paintOf } from "@mgs/command-kit/terminal-text";
import { withServices } from "@mgs/command-kit/with-services";
import { type QueueStatus, readQueueStatus } from "@mgs/jobs/admin/queue-status";
import type { Command } from "commander";
import type { CliContext } from "../context";

const HEADINGS = ["QUEUE", "STATE", "PENDING", "DUE", "IN WORK", "OLDEST", "DEAD", "SENT/MIN", "SENT/H", "IN REDIS"];

export function addQueueStatus(program: Command, context: CliContext): void {
  addCommand(program, "queue:status", {
    summary: "show how each queue is: in PostgreSQL what is to be delivered, in Redis the jobs",
    examples: [["queue:status --json", "for a monitor"]],
  }).action(async ({ json }: { json: boolean }) => {
    const queues = await withServices(context, (services) => readQueueStatus(services, CLI_ACTOR));
    printResult(context, json, queues, () => {
      printTable(
        context,
        HEADINGS,
        queues.map((queue) => toCells(queue, context)),
        "none",
      );
      if (queues.every(({ redis }) => redis === null)) context.complain("Redis does not answer.");
    });
  });
}

function toCells({ queue, paused, outbox, redis }: QueueStatus, context: CliContext): string[] {
  const paint = paintOf(context);
  return [
    queue,
    paused ? paint.yellow(`paused by ${paused.by}`) : "delivers",
    String(outbox.pending),
    String(outbox.due),
    String(outbox.leased),
    `${outbox.oldest_seconds} s`,
    outbox.dead > 0 ? paint.red(String(outbox.dead)) : "0",
    String(outbox.sent_last_minute),
    String(outbox.sent_last_hour),
    redis ? `${redis.waiting} waiting, ${redis.active} active, ${redis.delayed} delayed` : "away",
  ];
}
