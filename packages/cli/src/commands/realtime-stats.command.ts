import { addCommand } from "@mgs/command-kit/add-command";
import { Failed } from "@mgs/command-kit/failed";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { createPublisher } from "@mgs/realtime/server";
import { type ReplicaStatistics, readStatistics } from "@mgs/realtime-admin/read-statistics";
import type { Command } from "commander";
import type { CliContext } from "../context";
import { readPusherEnv } from "../realtime/read-pusher-env";

const HEADINGS = [
  "PROCESS",
  "UP",
  "CONNECTIONS",
  "CHANNELS",
  "DEVICES",
  "PUBLISHED",
  "DELIVERED",
  "IN",
  "OUT",
  "SENT",
  "SLOW CLOSED",
  "MEMORY",
];

export function addRealtimeStats(program: Command, context: CliContext): void {
  addCommand(program, "realtime:stats", {
    summary: "show what each process of the realtime server has open, and its totals since it started",
    examples: [["realtime:stats --json", "for a monitor"]],
  }).action(async ({ json }: { json: boolean }) => {
    const publisher = createPublisher(readPusherEnv(await context.environment(false)));
    const statistics = await readStatistics({ publisher }, CLI_ACTOR);
    if (statistics === null) throw new Failed("PUSHER_HOST is another server than ours: it does not tell statistics");
    printResult(context, json, statistics, () =>
      printTable(context, HEADINGS, statistics.replicas.map(toCells), "no process"),
    );
  });
}

function toCells(replica: ReplicaStatistics): string[] {
  return [
    `${replica.host}:${replica.pid}`,
    `${Math.round(replica.uptime_seconds)} s`,
    ...[replica.connections, replica.channels, replica.users, replica.published, replica.delivered].map(String),
    String(replica.messages_in),
    String(replica.messages_out),
    formatMegabytes(replica.bytes_out),
    String(replica.slow_clients_closed),
    formatMegabytes(replica.memory_rss),
  ];
}

function formatMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
