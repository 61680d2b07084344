import { addCommand } from "@mgs/command-kit/add-command";
import { parseSeconds } from "@mgs/command-kit/parse-seconds";
import { printResult } from "@mgs/command-kit/print-table";
import type { Command } from "commander";
import type { CliContext } from "../context";
import { readPusherEnv } from "../realtime/read-pusher-env";
import { measureRoundTrip } from "../realtime/round-trip";

type Options = { internal: boolean; timeout: number; json: boolean };

export function addRealtimeTest(program: Command, context: CliContext): void {
  addCommand(program, "realtime:test", {
    summary: "send an event through the realtime server and wait for it at the other end, as a page would",
    examples: [
      ["realtime:test", "by the address that browsers use"],
      ["realtime:test --internal", "by the address that the portals use"],
    ],
  })
    .option("--internal", "connect by PUSHER_HOST, not by PUSHER_PUBLIC_HOST", false)
    .option("--timeout <seconds>", "how long each step may take", parseSeconds, 10)
    .action(async ({ internal, timeout, json }: Options) => {
      const env = readPusherEnv(await context.environment(false));
      const result = await measureRoundTrip(env, { internal, timeoutMs: timeout * 1_000 });
      printResult(context, json, result, () => {
        context.print(`connected to ${result.address} in ${result.connect_ms} ms`);
        context.print(`event received after ${result.round_trip_ms} ms`);
      });
    });
}
