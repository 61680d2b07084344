import { addCommand } from "@mgs/command-kit/add-command";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { createPublisher } from "@mgs/realtime/server";
import { searchChannels } from "@mgs/realtime-admin/search-channels";
import type { Command } from "commander";
import type { CliContext } from "../context";
import { readPusherEnv } from "../realtime/read-pusher-env";

type Options = { limit: string; json: boolean };

export function addRealtimeChannels(program: Command, context: CliContext): void {
  addCommand(program, "realtime:channels", {
    summary: "list the channels that somebody listens to, the busiest first",
    examples: [
      ["realtime:channels", "all"],
      ["realtime:channels presence-", "those that know their members"],
    ],
  })
    .argument("[prefix]", "how their names begin", "")
    .option("--limit <n>", "at most that many, up to 1000", "100")
    .action(async (prefix: string, { limit, json }: Options) => {
      const publisher = createPublisher(readPusherEnv(await context.environment(false)));
      const found = await searchChannels({ publisher }, CLI_ACTOR, { prefix, limit: Number(limit) });
      printResult(context, json, found, () => {
        const told = (count: number | null) => (count === null ? "-" : String(count));
        printTable(
          context,
          ["CHANNEL", "KIND", "SUBSCRIBERS", "PEOPLE"],
          found.channels.map(({ name, kind, subscriptions, users }) => [name, kind, told(subscriptions), told(users)]),
          "none",
        );
        if (found.channels.length < found.total) context.print(`${found.channels.length} of ${found.total}`);
      });
    });
}
