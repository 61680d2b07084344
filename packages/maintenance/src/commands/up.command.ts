import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withServices } from "@mgs/command-kit/with-services";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { endMaintenance } from "../end-maintenance";

export function addUp(program: Command, context: CommandContext): void {
  addCommand(program, "up", {
    summary: "open the portals again, or take an announced maintenance back",
    examples: [["up", "open pages go on by themselves"]],
  }).action(async ({ json }: { json: boolean }) => {
    const result = await withServices(context, (services) => endMaintenance(services, CLI_ACTOR));
    printResult(context, json, result, () =>
      context.print(result.changed ? "the portals are open" : "there was no maintenance"),
    );
  });
}
