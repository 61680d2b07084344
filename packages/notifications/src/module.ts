import { defineModule } from "@mgs/module/module";
import { handle } from "@mgs/module/outbox";
import { sendLimitEnv } from "./env";
import { unreadNotifications } from "./holdings";
import { DELIVERY_READING } from "./notifications.repository";
import { inboxChanged, notificationBroadcast, notificationEmail } from "./outbox-kinds";
import { notificationPermissions } from "./permissions";
import { NOTIFICATIONS_RETENTION } from "./retention";
import { notificationRoutes } from "./routes";
import { createSendLimiter } from "./send-limiter";
import { notificationAccess } from "./subject-access";

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
  tables: ["inboxes", "notifications", "idempotency_keys"],
  routes: notificationRoutes,
  openApi: async () => (await import("./routes.openapi")).notificationOpenApi,
  asyncApi: async () => (await import("./events.asyncapi")).notificationAsyncApi,
  permissions: notificationPermissions.table,
  navigation: async () => (await import("./navigation")).notificationNavigation,
  outbox: [
    handle(notificationEmail, async () => (await import("./delivery/email-notification")).emailNotification),
    handle(
      notificationBroadcast,
      async () => (await import("./delivery/broadcast-notification")).broadcastNotification,
    ),
    handle(inboxChanged, async () => (await import("./delivery/announce-inbox-change")).announceInboxChange),
  ],
  holdings: [unreadNotifications],
  subjects: [notificationAccess],
  claimReading: DELIVERY_READING,
  retention: NOTIFICATIONS_RETENTION,
  commands: async () => (await import("./commands/command-groups")).notificationCommands,
});
