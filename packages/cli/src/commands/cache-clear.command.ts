import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { readServicesEnv } from "@mgs/command-kit/services-env";
import type { Command } from "commander";
import { clearRateLimits } from "../clear-rate-limits";
import type { CliContext } from "../context";

export function addCacheClear(program: Command, context: CliContext): void {
  addCommand(program, "cache:clear", {
    summary: "forget the counters of rate limits in Redis: the one thing that is cached; queues are never touched",
    examples: [["cache:clear", "a whole office is locked out of the sign-in form"]],
  }).action(async ({ json }: { json: boolean }) => {
    const env = readServicesEnv(await context.environment(true));
    const cleared = await clearRateLimits(env);
    printResult(context, json, cleared, () => {
      context.print(`${cleared.sign_in} counters of sign-in attempts cleared`);
      context.print(`${cleared.second_factor} counters of attempts at a second factor cleared`);
      context.print(`${cleared.send} counters of accepted sends cleared`);
    });
  });
}
