import { MAX_USER_ID, USER_ID_DIGITS } from "@mgs/core/user-id";
import { z } from "zod";
import {
  changesQuery,
  listQuery,
  MAX_CHARACTERS,
  PAGE_SIZE,
  sendInput,
  updateInput,
  userIdSchema,
} from "./contract/schemas";
import { IDEMPOTENCY_KEY_PATTERN } from "./send-notification";

/**
 * What the OpenAPI document says of the schemas that parse requests, beside what it reads in them: their descriptions, and
 * rules that are functions.
 */

const { globalRegistry } = z;

userIdSchema.register(globalRegistry, {
  description: "What the identity provider calls `sub`. A number or its digits",
  override: {
    anyOf: [
      { type: "integer", minimum: 1, maximum: MAX_USER_ID },
      { type: "string", pattern: USER_ID_DIGITS.source },
    ],
  },
});
sendInput.register(globalRegistry, { id: "SendInput" });
sendInput.shape.titre.register(globalRegistry, {
  minLength: 1,
  maxLength: MAX_CHARACTERS.titre,
  description:
    "Characters (code points). At least one is visible: a text of white space (line and paragraph separators too), control and " +
    "format characters (U+200B, U+202E), characters that Unicode has readers ignore and U+2800 alone is blank, and refused as " +
    "not given. No NUL, no lone surrogate",
});
sendInput.shape.message.register(globalRegistry, {
  minLength: 1,
  maxLength: MAX_CHARACTERS.message,
  description: "As `titre`. Plain text",
});
sendInput.shape.url.register(globalRegistry, {
  maxLength: MAX_CHARACTERS.url,
  description: [
    "An http(s) address without user name or password, or a path of the sending portal (of administration for a machine client).",
    "No white space, no backslash, no `//` at the start, no other scheme.\n",
  ].join("\n"),
});

updateInput.register(globalRegistry, { minProperties: 1 });

/** A number in a query, which the schema sees as digits. */
const integer = (bounds: { minimum: number; maximum?: number; default?: number }) => ({
  override({ jsonSchema }: { jsonSchema: { anyOf?: unknown } }) {
    delete jsonSchema.anyOf;
    Object.assign(jsonSchema, { type: "integer", ...bounds });
  },
});

listQuery.shape.filter.register(globalRegistry, {
  param: { description: "`all` and `unread` leave archived notifications out" },
});
listQuery.shape.cursor.register(globalRegistry, { param: { description: "`next_cursor` of the page before" } });
listQuery.shape.limit.register(
  globalRegistry,
  integer({ minimum: PAGE_SIZE.min, maximum: PAGE_SIZE.max, default: PAGE_SIZE.default }),
);
changesQuery.shape.after.register(globalRegistry, {
  ...integer({ minimum: 0 }),
  param: { description: "The last number the caller knows" },
});

export const sendHeaders = z.object({
  "Idempotency-Key": z
    .string()
    .regex(IDEMPOTENCY_KEY_PATTERN)
    .optional()
    .meta({
      param: {
        description: [
          "1 to 255 visible ASCII characters, yours to choose. The same key with the same values within 24 h gives the first answer",
          "again, and sends nothing; with other values it is refused with 409. Keys of different callers do not meet.\n",
        ].join("\n"),
      },
    }),
});

export const notificationParams = z.object({
  id: z.uuid().meta({ param: { description: "Anything that is no id of one's own notification answers 404" } }),
});

export { changesQuery, listQuery, sendInput, updateInput };
