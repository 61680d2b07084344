import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import { createPeopleDirectory } from "@mgs/identity/people.repository";
import { findAccountOf } from "@mgs/identity/users/find-account";
import { createPublisher } from "@mgs/realtime/server";
import { disconnectPerson } from "@mgs/realtime-admin/disconnect-person";
import type { Command } from "commander";
import type { CliContext } from "../context";
import { readPusherEnv } from "../realtime/read-pusher-env";

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
