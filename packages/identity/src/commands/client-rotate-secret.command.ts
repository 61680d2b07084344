import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import { systemClock } from "@mgs/core/clock";
import type { CommandContext } from "@mgs/module/command";
import { type Command, InvalidArgumentError } from "commander";
import { endPreviousSecret, MAX_SECRET_OVERLAP_SECONDS, rotateSecret } from "../clients/rotate-secret";

const HOUR_SECONDS = 3_600;

export function addClientRotateSecret(program: Command, context: CommandContext): void {
  addCommand(program, "client:rotate-secret", {
    summary: "give an OAuth client a new secret, shown this once; issued tokens stay",
    examples: [
      ["client:rotate-secret 0192f0c1-…", "after a secret has leaked: the old one ends now"],
      ["client:rotate-secret 0192f0c1-… --overlap 24", "both open for a day, while the client is set up anew"],
      ["client:rotate-secret 0192f0c1-… --end-previous", "the client works with the new one"],
    ],
  })
    .argument("<client_id>", "as client:list prints it")
    .option("--overlap <hours>", "for how many hours the old secret opens as well (default: not at all)", hours, 0)
    .option("--end-previous", "make no new secret: end the old one ahead of its time", false)
    .action(async (id: string, { overlap, endPrevious, json }: Options) => {
      if (endPrevious) return end(id, json);
      const client = await withDatabase(context, (database) =>
        rotateSecret({ database, clock: systemClock }, CLI_ACTOR, id, { overlapSeconds: overlap * HOUR_SECONDS }),
      );
      printResult(context, json, client, () => {
        context.print(`client_id      ${client.client_id}`);
        context.print(`client_secret  ${client.client_secret}`);
        if (client.previous_secret_until) context.print(`the old one opens until ${client.previous_secret_until}`);
      });
    });

  async function end(id: string, json: boolean): Promise<void> {
    const result = await withDatabase(context, (database) =>
      endPreviousSecret({ database, clock: systemClock }, CLI_ACTOR, id),
    );
    printResult(context, json, { client_id: id, ...result }, () =>
      context.print(result.changed ? `the old secret of ${id} opens no longer` : `${id} has no old secret`),
    );
  }
}

type Options = { overlap: number; endPrevious: boolean; json: boolean };

function hours(value: string): number {
  const number = Number(value);
  const most = MAX_SECRET_OVERLAP_SECONDS / HOUR_SECONDS;
  if (!Number.isInteger(number) || number < 0 || number > most)
    throw new InvalidArgumentError(`A whole number of hours from 0 to ${most}.`);
  return number;
}
