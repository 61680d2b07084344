import { addCommand } from "@mgs/command-kit/add-command";
import { printResult, printTable } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { getSessionLifetimes } from "../session-lifetimes/get-session-lifetimes";
import { LIFETIME_RANGES, SESSION_LIFETIMES } from "../session-lifetimes/session-lifetimes";
import { writeDuration } from "./duration-option";

export function addLifetimesShow(program: Command, context: CommandContext): void {
  addCommand(program, "lifetimes:show", {
    summary: "show how long sign-ins and tokens last, and how many sign-ins go on",
    examples: [["lifetimes:show", "in seconds with --json"]],
  }).action(async ({ json }: { json: boolean }) => {
    const { lifetimes, live, version } = await withDatabase(context, (database) =>
      getSessionLifetimes({ database }, CLI_ACTOR),
    );
    printResult(context, json, { lifetimes, live, version }, () => {
      const rows = SESSION_LIFETIMES.map((name) => {
        const { min, max } = LIFETIME_RANGES[name];
        return [name, writeDuration(lifetimes[name]), `${writeDuration(min)} to ${writeDuration(max)}`];
      });
      printTable(context, ["LIFETIME", "LASTS", "CAN BE"], rows, "");
      context.print(`${live.sessions} sign-ins of ${live.people} people go on, ${live.remembered} remembered`);
    });
  });
}
