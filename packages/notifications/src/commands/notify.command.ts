import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { REDIS_TIMEOUT_MS } from "@mgs/command-kit/with-services";
import { createLogger } from "@mgs/core/logger";
import { createDatabase } from "@mgs/db/client";
import { createEnqueuer } from "@mgs/jobs/enqueuer";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { createSendLimiter } from "../send-limiter";
import { sendNotification } from "../send-notification";
import { readNotifyEnv } from "./notify-env";

type Options = {
  user: string;
  titre: string;
  message: string;
  type: string;
  url?: string;
  idempotencyKey?: string;
  json: boolean;
};

export function addNotify(program: Command, context: CommandContext): void {
  addCommand(program, "notify", {
    summary: "send a notification to a person; the worker delivers it once it runs",
    examples: [["notify --user hery@mgs.mg --titre Sauvegarde --message 'La sauvegarde est faite.'", "after a backup"]],
  })
    .requiredOption("--user <user>", "whom: number (what the identity provider calls sub) or e-mail address")
    .requiredOption("--titre <text>", "1 to 200 characters")
    .requiredOption("--message <text>", "1 to 5,000 characters")
    .option("--type <type>", "kind of notification, a-z 0-9 _ . -", "cli")
    .option("--url <url>", "http(s) address, or a path of administration")
    .option("--idempotency-key <key>", "makes a retry safe for 24 h")
    .action(async (options: Options) => {
      const { notification, replayed } = await notify(context, options);
      printResult(context, options.json, notification, () =>
        context.print(`${replayed ? "sent before" : "sent"}: ${notification.id}`),
      );
    });
}

async function notify(context: CommandContext, { user, titre, message, type, url, idempotencyKey }: Options) {
  const { databaseUrl, redisUrl, portalUrls } = readNotifyEnv(await context.environment(true));
  const logger = createLogger("cli", "silent");
  const database = createDatabase(databaseUrl, 2);
  const enqueuer = createEnqueuer(redisUrl, logger, REDIS_TIMEOUT_MS);
  const limiter = createSendLimiter(redisUrl);
  try {
    const user_id = user.includes("@") ? (await context.ports.findAccount({ database }, CLI_ACTOR, user)).id : user;
    return await sendNotification(
      { database, enqueuer, portalUrls, limiter },
      CLI_ACTOR,
      { user_id, type, titre, message, url },
      { idempotencyKey },
    );
  } finally {
    limiter.close();
    await Promise.allSettled([enqueuer.close(), database.$disconnect()]);
  }
}
