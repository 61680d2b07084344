import { isUtf8 } from "node:buffer";
import { z } from "zod";
import { isSocketId } from "../hub/socket-id";
import type { AppLimits } from "../limits";
import { isChannelName, userOfChannel } from "../protocol/channel-name";
import { optional, parseJson } from "../protocol/client-message";
import { problem, type Reply } from "./reply";

const schemasOf = new WeakMap<AppLimits, EventSchemas>();

/** Returns the schemas of published events, by the limits of an app. */
export function eventSchemas(limits: AppLimits): EventSchemas {
  let schemas = schemasOf.get(limits);
  if (schemas === undefined) {
    schemas = createEventSchemas(limits);
    schemasOf.set(limits, schemas);
  }
  return schemas;
}

function createEventSchemas(limits: AppLimits) {
  const channel = z.string().refine((name) => isChannelName(name) || userOfChannel(name) !== undefined, {
    error: "is not a valid channel name",
  });
  const common = {
    name: z.string().min(1).max(limits.maxEventNameLength),
    data: z.string(),
    socket_id: optional(
      z.string().refine((id) => id === "" || isSocketId(id), { error: "is not a socket id" }),
    ).transform((id) => id || undefined),
    info: optional(z.string()),
  };
  return {
    event: z
      .object({
        ...common,
        channel: optional(z.string()),
        channels: optional(z.array(channel).min(1).max(limits.maxChannelsPerEvent)),
      })
      .refine((event) => event.channels !== undefined || channel.safeParse(event.channel).success, {
        error: "needs channels, or a channel with a valid name",
      })
      .transform(({ channel: one, channels, ...event }) => ({
        ...event,
        channels: [...new Set(channels ?? [one ?? ""])],
      })),
    batch: z.object({ batch: z.array(z.object({ ...common, channel })) }),
  };
}

type EventSchemas = ReturnType<typeof createEventSchemas>;

type ParseResult<T> = { input: T; refusal?: undefined } | { input?: undefined; refusal: Reply };

/** Parses a JSON body; a refusal is a 400 that names the first field that is wrong. */
export function parseBody<T extends z.ZodType>(schema: T, body: Buffer): ParseResult<z.output<T>> {
  // The replacement character of an invalid byte would reach every subscriber.
  if (!isUtf8(body)) return { refusal: problem(400, "The body is not UTF-8") };
  const json = parseJson(body.toString());
  return json === undefined ? { refusal: problem(400, "The body is not JSON") } : parseInput(schema, json);
}

/** Parses an event that stands in the query, where the reference allows it to be (arrays as `channels[]=a&channels[]=b`). */
export function parseQuery<T extends z.ZodType>(schema: T, query: URLSearchParams): ParseResult<z.output<T>> {
  const names = ["name", "data", "channel", "socket_id", "info"];
  const fields = names.flatMap((name) => (query.has(name) ? [[name, query.get(name)]] : []));
  const channels = query.has("channels[]") ? { channels: query.getAll("channels[]") } : {};
  return parseInput(schema, { ...Object.fromEntries(fields), ...channels });
}

function parseInput<T extends z.ZodType>(schema: T, input: unknown): ParseResult<z.output<T>> {
  const result = schema.safeParse(input);
  if (result.success) return { input: result.data };
  const issue = result.error.issues[0];
  return {
    refusal: problem(400, `Invalid request: ${[issue?.path.join("."), issue?.message].filter(Boolean).join(" ")}`),
  };
}
