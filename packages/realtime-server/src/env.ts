import { type Environment, portVariable } from "@mgs/core/environment";
import { observabilityEnv } from "@mgs/observability/env";
import { z } from "zod";
import { redisPrefixSchema, redisUrlSchema } from "./cluster/redis/url-schema";
import { isAddressRange } from "./network/address-ranges";
import { isAuthHost } from "./socket-io/authorize-channel";

const count = z.coerce.number().int().positive().optional();
const countOrNone = z.coerce.number().int().min(0).optional();
const seconds = z.coerce.number().positive().optional();
const secondsOrNone = z.coerce.number().min(0).optional();
const switchVariable = z.stringbool().optional();
/** Entries separated by commas. */
const list = z.string().transform((text) =>
  text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ""),
);

/** One variable for each limit; `config/limit-fields.ts` has their meaning. */
export const limitVariables = {
  REALTIME_MAX_APP_CONNECTIONS: count,
  REALTIME_MAX_EVENT_BYTES: count,
  REALTIME_MAX_EVENT_NAME_LENGTH: count,
  REALTIME_MAX_CHANNELS_PER_EVENT: count,
  REALTIME_MAX_EVENTS_PER_BATCH: count,
  REALTIME_MAX_EVENTS_PER_SECOND: countOrNone,
  REALTIME_MAX_CLIENT_EVENTS_PER_SECOND: count,
  REALTIME_MAX_PRESENCE_MEMBERS: count,
  REALTIME_MAX_MEMBER_BYTES: count,
  REALTIME_MAX_USER_ID_LENGTH: count,
  REALTIME_MAX_SUBSCRIPTIONS_PER_CONNECTION: count,
  REALTIME_MAX_WATCHLIST: count,
  REALTIME_ACTIVITY_TIMEOUT_SECONDS: seconds,
  REALTIME_PONG_TIMEOUT_SECONDS: seconds,
  REALTIME_MAX_FRAME_BYTES: count,
  REALTIME_MAX_UNSENT_BYTES: count,
  REALTIME_MAX_CONNECTIONS: count,
  REALTIME_MAX_CONNECTIONS_PER_ADDRESS: count,
  REALTIME_MAX_MESSAGES_PER_SECOND: count,
  REALTIME_MAX_HTTP_BODY_BYTES: count,
  REALTIME_DRAIN_DELAY_SECONDS: secondsOrNone,
  REALTIME_CLOSE_GRACE_SECONDS: secondsOrNone,
};

const schema = z.object({
  ...observabilityEnv.shape,
  ...limitVariables,
  /** A configuration file; a variable overrides its setting in the file. */
  REALTIME_CONFIG: z.string().optional(),
  REALTIME_HOST: z.string().optional(),
  REALTIME_PORT: portVariable.optional(),
  /** An address of their own for `/health`, `/metrics` and `/stats`. */
  REALTIME_METRICS_HOST: z.string().optional(),
  REALTIME_METRICS_PORT: portVariable.optional(),
  REALTIME_TLS_CERT: z.string().optional(),
  REALTIME_TLS_KEY: z.string().optional(),
  REALTIME_TLS_PASSPHRASE: z.string().optional(),
  /** Addresses and ranges, separated by commas, whose `X-Forwarded-*` headers are believed. */
  REALTIME_TRUSTED_PROXIES: list
    .refine((entries) => entries.every(isAddressRange), "must be addresses or ranges such as 10.0.0.0/8")
    .optional(),
  /** The other name of `REALTIME_MAX_CONNECTIONS`. */
  MAX_CLIENTS: count,
  /** The Redis of the cluster; the second variable overrides the first. */
  REDIS_URL: redisUrlSchema.optional(),
  REALTIME_REDIS_URL: redisUrlSchema.optional(),
  REALTIME_REDIS_PREFIX: redisPrefixSchema.optional(),
  /** A Laravel back end that broadcasts through Redis; "none" as a prefix is none. */
  REALTIME_LARAVEL_REDIS_URL: redisUrlSchema.optional(),
  REALTIME_LARAVEL_REDIS_PREFIX: z.string().optional(),
  REALTIME_LARAVEL_APP_ID: z.string().optional(),
  /** Serves clients of Socket.IO too, those of laravel-echo-server. */
  REALTIME_SOCKET_IO: switchVariable,
  /** The app whose channels they join. */
  REALTIME_SOCKET_IO_APP_ID: z.string().optional(),
  /** Origins, separated by commas, of the back end that allows private channels, and its path. */
  REALTIME_SOCKET_IO_AUTH_HOST: list
    .refine((hosts) => hosts.every(isAuthHost), "must be origins such as https://app.example.com")
    .optional(),
  REALTIME_SOCKET_IO_AUTH_ENDPOINT: z.string().startsWith("/").optional(),
  /** The key of laravel-echo-server's HTTP side; whoever has it may publish. */
  REALTIME_SOCKET_IO_HTTP_KEY: z.string().min(16).optional(),
  /** Origins, separated by commas, whose pages may use the app of `PUSHER_APP_ID`. */
  REALTIME_ALLOWED_ORIGINS: z.string().optional(),
  REALTIME_CLIENT_EVENTS: switchVariable,
  REALTIME_TLS_ONLY: switchVariable,
  /** Prints every frame, secrets masked. */
  REALTIME_DEBUG: switchVariable,
  PUSHER_APP_ID: z.string().optional(),
  PUSHER_APP_KEY: z.string().optional(),
  PUSHER_APP_SECRET: z.string().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).optional(),
});
export type RealtimeEnv = z.output<typeof schema>;

export type EnvResult = { env: RealtimeEnv; problems: readonly string[] };

/** Reads the variables; an empty one counts as unset. */
export function readEnv(source: Environment): EnvResult {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = schema.safeParse(present);
  if (result.success) return { env: result.data, problems: [] };
  const problems = result.error.issues.map((issue) => `${issue.path.join(".") || "environment"}: ${issue.message}`);
  // Valid variables are read all the same, so that one list has every mistake, those of the file included.
  const wrong = new Set(result.error.issues.map((issue) => String(issue.path[0])));
  const rest = schema.safeParse(Object.fromEntries(Object.entries(present).filter(([name]) => !wrong.has(name))));
  return { env: rest.data ?? schema.parse({}), problems };
}
