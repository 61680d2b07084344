import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withServices } from "@mgs/command-kit/with-services";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { requireSecondFactor } from "../second-factor/role-requirements";

export function addRoleSecondFactor(program: Command, context: CommandContext): void {
  addCommand(program, "role:second-factor", {
    summary: "make a second factor mandatory for a role: its people are led through the set-up at their next sign-in",
    examples: [
      ["role:second-factor administrateur", "administrators need a second factor"],
      ["role:second-factor administrateur --optional", "and no longer"],
    ],
  })
    .argument("<role>", "slug of the role")
    .option("--optional", "make it optional again", false)
    .action(async (role: string, { optional, json }: { optional: boolean; json: boolean }) => {
      const required = !optional;
      const { changed } = await withServices(context, (services) =>
        requireSecondFactor(services, CLI_ACTOR, { role, required }),
      );
      printResult(context, json, { role, required, changed }, () => {
        const state = required ? "mandatory" : "optional";
        context.print(`a second factor ${changed ? "is" : "was already"} ${state} for ${role}`);
      });
    });
}
