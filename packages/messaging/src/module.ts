import { defineModule } from "@mgs/module/module";
import { handle } from "@mgs/module/outbox";
import { messageChannels } from "./channels";
import type { MessagingPorts } from "./deps";
import {
  conversationsChanged,
  messageChanged,
  messageNotice,
  ownPresenceChanged,
  presenceChanged,
} from "./outbox-kinds";
import { messagePermissions } from "./permissions";
import { MESSAGE_RETENTION } from "./retention";
import { messageRoutes } from "./routes";
import { messageSchedules } from "./schedules";

/**
 * Messages between colleagues: conversations, what is unread, scheduled messages, reminders and search.
 * @param ports what the composition knows of other domains
 */
export const messaging = (ports: MessagingPorts) =>
  defineModule({
    name: "messaging",
    tables: [
      ...["conversations", "conversation_members", "messages", "message_versions", "message_reactions"],
      ...["message_mentions", "scheduled_messages", "message_reminders", "message_notices", "presences"],
    ],
    permissions: messagePermissions.table,
    navigation: async () => (await import("./navigation")).messageNavigation,
    palette: async () => (await import("./palette")).messagePalette(ports),
    routes: messageRoutes(ports),
    openApi: async () => (await import("./routes.openapi")).messageOpenApi,
    channels: messageChannels(ports),
    asyncApi: async () => (await import("./channels.asyncapi")).messageAsyncApi,
    retention: MESSAGE_RETENTION,
    schedules: messageSchedules(ports),
    outbox: [
      handle(presenceChanged, async () => (await import("./presence/announce-presence")).announcePresence),
      handle(ownPresenceChanged, async () => (await import("./presence/announce-presence")).announceOwnPresence),
      handle(messageChanged, async () => (await import("./live/announce-message")).announceMessage(ports)),
      handle(conversationsChanged, async () => (await import("./live/announce-message")).announceConversations()),
      handle(messageNotice, async () => (await import("./notices/tell-notices")).tellMessageNotice(ports)),
    ],
  });
