import { isUserId, parseUserId } from "@mgs/core/user-id";
import { z } from "zod";
import { FOLLOWERS_MENTION, MAX_MENTIONS, ROLE_MENTION } from "../contract/mentions";

const ROLE_SLUG = /^[a-z0-9-]{1,64}$/;

/** One mention: a person's id as number or text, `role:<slug>` or `suiveurs`. @returns its key, undefined for anything else */
function toKey(value: unknown): string | undefined {
  if (typeof value === "number") return isUserId(value) ? String(value) : undefined;
  if (typeof value !== "string") return undefined;
  if (value === FOLLOWERS_MENTION || parseUserId(value) !== null) return value;
  return value.startsWith(ROLE_MENTION) && ROLE_SLUG.test(value.slice(ROLE_MENTION.length)) ? value : undefined;
}

/** Mentions of a text. Their number is checked first, so that ten thousand cost nothing. */
export const mentionsInput = z
  .array(z.unknown(), { error: "INVALID_VALUE" })
  .max(MAX_MENTIONS, { error: "TOO_MANY", abort: true })
  .transform((values, context) => {
    const keys = new Set<string>();
    for (const [index, value] of values.entries()) {
      const key = toKey(value);
      if (key === undefined) context.addIssue({ code: "custom", message: "INVALID_CHOICE", path: [index] });
      else keys.add(key);
    }
    return [...keys];
  });

/** People who are to be given access, since they are named and have none. */
export const grantInput = z
  .array(z.int({ error: "INVALID_ID" }).refine(isUserId, { error: "INVALID_ID" }), { error: "INVALID_VALUE" })
  .max(MAX_MENTIONS, { error: "TOO_MANY" });
