import { z } from "zod";

/** A field that may be left out; null is how some libraries write that. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

const messageSchema = z.object({
  event: z.string().min(1),
  channel: optional(z.string()),
  data: z.unknown().optional(),
});

export type ClientMessage = z.output<typeof messageSchema> & {
  /** The whole message as it was sent. */
  text: string;
};

/** Parses a text frame of a client; undefined when it is no JSON object with an event name. */
export function parseClientMessage(text: string): ClientMessage | undefined {
  const message = messageSchema.safeParse(parseShallowJson(text)).data;
  return message && { ...message, text };
}

/** The `data` of a protocol event: an object, or (some client libraries) the JSON of one. */
export function parseData<T extends z.ZodType>(schema: T, data: unknown): z.output<T> | undefined {
  return schema.safeParse(typeof data === "string" ? parseShallowJson(data) : data).data;
}

/** @returns undefined when `text` is not JSON (JSON has no undefined of its own) */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Deepest nesting of a message: JSON.stringify is recursive, and would overflow the stack. */
const MAX_DEPTH = 256;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Parses JSON that is not nested deeper than `MAX_DEPTH`. */
export function parseShallowJson(text: string): unknown {
  return isTooDeep(text) ? undefined : parseJson(text);
}

function isTooDeep(text: string): boolean {
  // Each level has a bracket at both of its ends.
  if (text.length <= 2 * MAX_DEPTH) return false;
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === QUOTE) isInString = !isInString;
    else if (isInString && character === BACKSLASH) index++;
    else if (!isInString && OPENING.has(character) && ++depth > MAX_DEPTH) return true;
    else if (!isInString && CLOSING.has(character)) depth--;
  }
  return false;
}
