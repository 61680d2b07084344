import { z } from "zod";
import type {
  InboxChanges,
  InboxCount,
  InboxPage,
  InboxState,
  NotificationDto,
  SentNotification,
} from "./contract/answers";

/** The answers of the API as the OpenAPI document has them; the compiler compares them with the contract. */

const sentAt = z.iso.datetime();
const source = z.string().meta({ description: "The portal or machine client that sent it" });

export const sentNotificationAnswer = z
  .object({
    id: z.uuid(),
    user_id: z.int(),
    type: z.string(),
    titre: z.string(),
    message: z.string(),
    url: z.string().nullable().meta({ description: "As sent" }),
    href: z.string().nullable().meta({ description: "The absolute address that `url` means" }),
    source,
    created_at: sentAt,
  })
  .meta({ id: "SentNotification" }) satisfies z.ZodType<SentNotification>;

export const notificationAnswer = z
  .object({
    id: z.uuid(),
    type: z.string(),
    titre: z.string(),
    message: z.string(),
    url: z.string().nullable(),
    href: z.string().nullable(),
    source,
    source_name: z.string().nullable().meta({
      description:
        "Name of the program that sent it, as it is now; null for portals, and for a program that was revoked",
    }),
    sender: z
      .object({ id: z.int(), name: z.string() })
      .nullable()
      .meta({ description: "The person who sent it; null for programs" }),
    created_at: sentAt,
    read_at: z.iso.datetime().nullable(),
    archived_at: z.iso.datetime().nullable(),
    seq: z.int().meta({ description: "The inbox number of its last change" }),
  })
  .meta({ id: "Notification" }) satisfies z.ZodType<NotificationDto>;

export const inboxPageAnswer = z
  .object({
    items: z.array(notificationAnswer),
    next_cursor: z.string().nullable().meta({ description: "null at the end" }),
    seq: z.int(),
    unread_count: z.int(),
  })
  .meta({ id: "InboxPage" }) satisfies z.ZodType<InboxPage>;

export const inboxCountAnswer = z.object({
  count: z.int().min(0),
  seq: z.int().min(0),
}) satisfies z.ZodType<InboxCount>;

export const inboxChangesAnswer = z
  .object({
    reset: z.boolean(),
    upserts: z.array(notificationAnswer),
    tombstones: z.array(z.uuid()).meta({ description: "Ids of deleted notifications" }),
    seq: z.int(),
    unread_count: z.int(),
  })
  .meta({ id: "InboxChanges" }) satisfies z.ZodType<InboxChanges>;

export const inboxStateAnswer = z
  .object({ seq: z.int(), unread_count: z.int() })
  .meta({ id: "InboxState" }) satisfies z.ZodType<InboxState>;
