import { z } from "zod";

const messageSchema = z.object({
  event: z.string().min(1),
  channel: z.string().optional(),
  data: z.unknown().optional(),
});

export type ClientMessage = z.output<typeof messageSchema>;

/** Parses a text frame of a client; undefined when it is no JSON object with an event name. */
export function parseClientMessage(text: string): ClientMessage | undefined {
  return messageSchema.safeParse(parseJson(text)).data;
}

/** The `data` of a protocol event: an object, or (some client libraries) the JSON of one. */
export function parseData<T extends z.ZodType>(schema: T, data: unknown): z.output<T> | undefined {
  return schema.safeParse(typeof data === "string" ? parseJson(data) : data).data;
}

/** @returns undefined when `text` is not JSON (JSON has no undefined of its own) */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
