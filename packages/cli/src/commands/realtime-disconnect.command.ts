import { createPeopleDirectory } from "@mgs/identity/people.repository";
import { findAccountOf } from "@mgs/identity/users/find-account";
import { createPublisher } from "@mgs/realtime/server";
import { disconnectPerson } from "@mgs/realtime-admin/disconnect-person";
import type { Command } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { readPusherEnv } from "../env";
import { printResult } from "../print-table";
import { CLI_ACTOR } from "../system-actor";
import { withDatabase } from "../with-database";

export function addRealtimeDisconnect(program: Command, context: CliContext): void {
  addCommand(program, "realtime:disconnect", {
    summary: "cut a person's live connections on all devices; nobody is signed out, open pages have to be reloaded",
    examples: [["realtime:disconnect hery@mgs.mg", "a browser of theirs misbehaves"]],
  })
    .argument("<user>", "number or e-mail address")
    .action(async (ref: string, { json }: { json: boolean }) => {
      const publisher = createPublisher(readPusherEnv(await context.environment(false)));
      const result = await withDatabase(context, async (database) => {
        const people = createPeopleDirectory(database);
        const { id, email } = await findAccountOf({ database }, CLI_ACTOR, ref);
        const { connected } = await disconnectPerson({ database, people, publisher }, CLI_ACTOR, { userId: id });
        return { id, email, connected };
      });
      printResult(context, json, result, () => context.print(`${result.email}: cut on ${result.connected} devices`));
    });
}
