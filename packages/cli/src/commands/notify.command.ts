import { createLogger } from "@mgs/core/logger";
import { createDatabase } from "@mgs/db/client";
import { findAccountOf } from "@mgs/identity/users/find-account";
import { createEnqueuer } from "@mgs/jobs/enqueuer";
import { createSendLimiter } from "@mgs/notifications/send-limiter";
import { sendNotification } from "@mgs/notifications/send-notification";
import type { Command } from "commander";
import { addCommand } from "../add-command";
import type { CliContext } from "../context";
import { readNotifyEnv } from "../env";
import { printResult } from "../print-table";
import { CLI_ACTOR } from "../system-actor";
import { REDIS_PATIENCE_MS } from "../with-services";

type Options = {
  user: string;
  titre: string;
  message: string;
  type: string;
  url?: string;
  idempotencyKey?: string;
  json: boolean;
};

export function addNotify(program: Command, context: CliContext): void {
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

async function notify(context: CliContext, { user, titre, message, type, url, idempotencyKey }: Options) {
  const { databaseUrl, redisUrl, portalUrls } = readNotifyEnv(await context.environment(true));
  const logger = createLogger("cli", "silent");
  const database = createDatabase(databaseUrl, 2);
  const enqueuer = createEnqueuer(redisUrl, logger, REDIS_PATIENCE_MS);
  const limiter = createSendLimiter(redisUrl);
  try {
    const user_id = user.includes("@") ? (await findAccountOf({ database }, CLI_ACTOR, user)).id : user;
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
