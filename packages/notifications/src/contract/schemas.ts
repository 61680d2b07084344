import { z } from "zod";

/** The notification API as zod, browser-safe: servers parse with it, forms validate with it. Lengths are characters. */
export const LIMITS = { titre: 200, message: 5_000, type: 64, url: 2_048, bodyBytes: 64 * 1024 } as const;

const storable = (text: string): boolean => !text.includes("\u0000") && text.isWellFormed();
const characters = (text: string): number => Array.from(text).length;

/** Text of 1 to `max` characters that is not only white space. */
const text = (max: number) =>
  z
    .string({ error: ({ input }) => (input === undefined || input === null ? "REQUIRED" : "INVALID_TEXT") })
    .refine(storable, { error: "INVALID_TEXT" })
    .refine((value) => value.trim().length > 0, { error: "REQUIRED" })
    .refine((value) => characters(value) <= max, { error: "TOO_LONG" });

/**
 * An http(s) address, or a path of the sending portal. Refused: other schemes, `//host`, what a browser reads as one of
 * these after it has dropped control characters or turned `\` into `/`, and `https://portal@evil`, which only looks right.
 */
export function isAcceptableUrl(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these characters before they read a URL
  if (/[\u0000-\u0020\u007f-\u00a0\\]/.test(value)) return false;
  if (value.startsWith("/")) return !value.startsWith("//");
  if (!/^https?:\/\/[^/?#@]+(?:[/?#]|$)/i.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username === "" && password === "";
}

export const userIdSchema = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^[1-9]\d{0,9}$/)
        .transform(Number),
    ],
    { error: "INVALID_ID" },
  )
  .refine((id) => Number.isInteger(id) && id > 0 && id <= 2_147_483_647, { error: "INVALID_ID" });

export const sendInput = z.object({
  user_id: userIdSchema,
  type: z
    .string({ error: ({ input }) => (input === undefined || input === null ? "REQUIRED" : "INVALID_TYPE") })
    .regex(/^[a-z0-9_.-]{1,64}$/, { error: "INVALID_TYPE" }),
  titre: text(LIMITS.titre),
  message: text(LIMITS.message),
  url: z
    .string({ error: "INVALID_URL" })
    .refine(storable, { error: "INVALID_TEXT" })
    .refine((value) => characters(value) <= LIMITS.url, { error: "TOO_LONG" })
    .refine(isAcceptableUrl, { error: "INVALID_URL" })
    .nullish()
    .transform((value) => value ?? null),
});
export type SendInput = z.input<typeof sendInput>;
export type SendData = z.output<typeof sendInput>;

/** Answer to a send. */
export const sentNotification = z.object({
  id: z.string(),
  user_id: z.number(),
  type: z.string(),
  titre: z.string(),
  message: z.string(),
  url: z.string().nullable(),
  /** Absolute address that `url` means. */
  href: z.string().nullable(),
  /** Portal or machine client that sent it. */
  source: z.string(),
  created_at: z.string(),
});
export type SentNotification = z.output<typeof sentNotification>;

export const notificationDto = z.object({
  id: z.string(),
  type: z.string(),
  titre: z.string(),
  message: z.string(),
  url: z.string().nullable(),
  /** Absolute address that `url` means. */
  href: z.string().nullable(),
  /** Portal or machine client that sent it. */
  source: z.string(),
  sender: z.object({ id: z.number(), name: z.string() }).nullable(),
  created_at: z.string(),
  read_at: z.string().nullable(),
  archived_at: z.string().nullable(),
  seq: z.number(),
});
export type NotificationDto = z.output<typeof notificationDto>;

export const INBOX_FILTERS = ["all", "unread", "archived"] as const;
export type InboxFilter = (typeof INBOX_FILTERS)[number];

/** A whole number, as a number or as the digits of a query string. */
const whole = z.union(
  [
    z.int(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ],
  { error: "INVALID_NUMBER" },
);

export const listQuery = z.object({
  filter: z.enum(INBOX_FILTERS, { error: "INVALID_CHOICE" }).default("all"),
  cursor: z.uuid({ error: "INVALID_CURSOR" }).optional(),
  limit: whole.refine((limit) => limit >= 1 && limit <= 100, { error: "INVALID_NUMBER" }).default(20),
});

export const inboxPage = z.object({
  items: z.array(notificationDto),
  /** Pass as `cursor` for the next page; null at the end. */
  next_cursor: z.string().nullable(),
  seq: z.number(),
  unread_count: z.number(),
});
export type InboxPage = z.output<typeof inboxPage>;

export const inboxCount = z.object({ count: z.number(), seq: z.number() });
export type InboxCount = z.output<typeof inboxCount>;

export const updateInput = z
  .strictObject({
    read: z.boolean({ error: "INVALID_BOOLEAN" }).optional(),
    archived: z.boolean({ error: "INVALID_BOOLEAN" }).optional(),
  })
  .refine((input) => input.read !== undefined || input.archived !== undefined, { error: "REQUIRED" });
export type UpdateInput = z.output<typeof updateInput>;

export const changesQuery = z.object({ after: whole.refine((after) => after >= 0, { error: "INVALID_NUMBER" }) });

/** What happened after number N. `reset`: N is too old, or too much has happened; fetch the first page anew. */
export const inboxChanges = z.object({
  reset: z.boolean(),
  upserts: z.array(notificationDto),
  /** Ids of deleted notifications. */
  tombstones: z.array(z.string()),
  seq: z.number(),
  unread_count: z.number(),
});
export type InboxChanges = z.output<typeof inboxChanges>;

/** Answer to any change of the inbox. */
export const inboxState = z.object({ seq: z.number(), unread_count: z.number() });
export type InboxState = z.output<typeof inboxState>;
