import { defineModule } from "@mgs/module/module";
import { notificationChannels } from "./channels";
import { sendLimitEnv } from "./env";
import { notificationPermissions } from "./permissions";
import { inboxRoutes, sendRoute } from "./routes";
import { createSendLimiter } from "./send-limiter";

/** Notifications: sending, the inbox, and their delivery to pages and mailboxes. */
export const notifications = defineModule({
  name: "notifications",
  env: sendLimitEnv,
  createServices: ({ redisUrl }, env) => ({
    limiter: createSendLimiter(redisUrl, {
      user: env.SEND_LIMIT_USER_PER_MINUTE,
      client: env.SEND_LIMIT_CLIENT_PER_MINUTE,
    }),
  }),
  connect: ({ limiter }) => limiter.connect(),
  routes: [...inboxRoutes, sendRoute],
  channels: notificationChannels,
  permissions: notificationPermissions.table,
});
