import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withServices } from "@mgs/command-kit/with-services";
import { WrongInput } from "@mgs/command-kit/wrong-input";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { beginMaintenance } from "../begin-maintenance";
import { isUnderWay } from "../contract/maintenance";

type Options = { message: string; retry: string; at?: string; until?: string; json: boolean };

export function addDown(program: Command, context: CommandContext): void {
  addCommand(program, "down", {
    summary: "close the portals for maintenance, now or at a time; administrators still get in, the worker goes on",
    examples: [
      ['down --message "Mise à jour" --retry 60', "at once"],
      ['down --message "Mise à jour" --at 2026-12-01T18:00 --until 2026-12-01T19:00', "announced in every portal"],
    ],
  })
    .requiredOption("--message <text>", "what people read")
    .option("--retry <seconds>", "when browsers and programs ask again", "60")
    .option("--at <time>", "when the portals close; without a zone in this machine's time")
    .option("--until <time>", "when they are expected to open again; `up` opens them")
    .action(async ({ message, retry, at, until, json }: Options) => {
      const input = {
        message,
        retry_seconds: retry,
        starts_at: parseTime("--at", at),
        expected_end: parseTime("--until", until),
      };
      const begun = await withServices(context, (services) => beginMaintenance(services, CLI_ACTOR, input));
      printResult(context, json, begun, () =>
        context.print(
          isUnderWay(begun, Date.now())
            ? "the portals are closed; npm run mgs -- up opens them"
            : `the portals close at ${begun.starts_at}, and say so from now on`,
        ),
      );
    });
}

/** @throws WrongInput when the text is no time of ISO 8601 */
function parseTime(option: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime())) throw new WrongInput(`${option} takes a time such as 2026-12-01T18:00 or …T18:00Z`);
  return at.toISOString();
}
