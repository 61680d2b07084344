import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import { createPublisher } from "@mgs/realtime/server";
import { sendTestEvent } from "@mgs/realtime-admin/send-test-event";
import type { Command } from "commander";
import type { CliContext } from "../context";
import { readPusherEnv } from "../realtime/read-pusher-env";

export function addRealtimePublish(program: Command, context: CliContext): void {
  addCommand(program, "realtime:publish", {
    summary: "send an event to everybody who listens to a channel",
    examples: [[`realtime:publish presence-online-users mgs.test '{"essai":1}'`, "does it arrive in an open page?"]],
  })
    .argument("<channel>", "its whole name, private- or presence- included")
    .argument("<event>", "name of the event")
    .argument("<json>", "its data, 10 kB at most")
    .action(async (channel: string, event: string, data: string, { json }: { json: boolean }) => {
      const publisher = createPublisher(readPusherEnv(await context.environment(false)));
      const sent = await withDatabase(context, (database) =>
        sendTestEvent({ database, publisher }, CLI_ACTOR, { channel, event, data }),
      );
      printResult(context, json, sent, () =>
        context.print(
          sent.subscriptions === null ? `sent to ${channel}` : `sent to ${channel}: ${sent.subscriptions} subscribers`,
        ),
      );
    });
}
