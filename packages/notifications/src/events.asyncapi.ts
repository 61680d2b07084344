import type { ChannelDocs } from "@mgs/realtime/channel-docs";
import type { InboxChangedEvent, NotificationCreatedEvent } from "@mgs/realtime/events";
import { EVENTS } from "@mgs/realtime/names";
import { z } from "zod";

const seq = z.int().meta({ description: "The inbox's number of this change" });
const unreadCount = z.int().meta({ description: "Unread notifications at that number" });

const notificationCreated = z
  .object({
    id: z.uuid(),
    type: z.string(),
    titre: z.string().meta({ description: "Plain text, as sent" }),
    message: z.string().meta({ description: "Plain text, as sent" }),
    truncated: z
      .boolean()
      .meta({ description: "The message did not fit: `GET /api/notifications/{id}` has all of it" }),
    url: z.string().nullable().meta({ description: "As sent" }),
    href: z.string().nullable().meta({ description: "The absolute address that `url` means" }),
    source: z.string().meta({ description: "The portal or machine client that sent it" }),
    source_name: z
      .string()
      .nullable()
      .meta({ description: "Name of the program that sent it; null for portals, and for a program that was revoked" }),
    sender: z
      .object({ id: z.int(), name: z.string() })
      .nullable()
      .meta({ description: "The person who sent it; null for programs" }),
    created_at: z.iso.datetime(),
    seq,
    unread_count: unreadCount,
  })
  .meta({ id: "NotificationCreated" }) satisfies z.ZodType<NotificationCreatedEvent>;

const inboxChanged = z
  .object({
    seq,
    unread_count: unreadCount,
    op: z.enum(["created", "updated", "deleted", "read_all"]),
    ids: z.array(z.uuid()).max(200).meta({ description: "The notifications that it concerns" }),
  })
  .meta({ id: "InboxChanged" }) satisfies z.ZodType<InboxChangedEvent>;

export const notificationAsyncApi: readonly ChannelDocs[] = [
  {
    pattern: "private-App.Models.User.{id}",
    events: [
      { name: EVENTS.notificationCreated, summary: "A new notification", payload: notificationCreated },
      {
        name: EVENTS.inboxChanged,
        summary: "Any change of the inbox, a new notification included",
        payload: inboxChanged,
      },
    ],
  },
];
