import { parseEnvironment, portVariable } from "@mgs/core/environment";
import { observabilityEnv } from "@mgs/observability/env";
import { z } from "zod";
import { defaultLimits } from "./options";

const positive = (fallback: number) => z.coerce.number().int().positive().default(fallback);

const schema = z.object({
  ...observabilityEnv.shape,
  REALTIME_HOST: z.string().optional(),
  REALTIME_PORT: portVariable.default(6001),
  PUSHER_APP_ID: z.string({ error: "is required" }),
  PUSHER_APP_KEY: z.string({ error: "is required" }),
  PUSHER_APP_SECRET: z.string({ error: "is required" }),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  REALTIME_ACTIVITY_TIMEOUT_SECONDS: positive(defaultLimits.activityTimeoutMs / 1000),
  REALTIME_PONG_TIMEOUT_SECONDS: positive(defaultLimits.pongTimeoutMs / 1000),
  REALTIME_DRAIN_DELAY_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .default(defaultLimits.drainDelayMs / 1000),
  REALTIME_MAX_CONNECTIONS: positive(defaultLimits.maxConnections),
  REALTIME_MAX_PRESENCE_MEMBERS: positive(defaultLimits.maxPresenceMembers),
  REALTIME_MAX_UNSENT_BYTES: positive(defaultLimits.maxUnsentBytes),
  REALTIME_MAX_CLIENT_EVENTS_PER_SECOND: positive(defaultLimits.maxClientEventsPerSecond),
});

/** @throws EnvironmentError with all that is wrong */
export function readEnv(source: NodeJS.ProcessEnv) {
  const env = parseEnvironment(schema, source);
  return {
    host: env.REALTIME_HOST,
    port: env.REALTIME_PORT,
    logLevel: env.LOG_LEVEL,
    observability: env,
    apps: [{ id: env.PUSHER_APP_ID, keys: [{ key: env.PUSHER_APP_KEY, secret: env.PUSHER_APP_SECRET }] }],
    limits: {
      activityTimeoutMs: env.REALTIME_ACTIVITY_TIMEOUT_SECONDS * 1000,
      pongTimeoutMs: env.REALTIME_PONG_TIMEOUT_SECONDS * 1000,
      drainDelayMs: env.REALTIME_DRAIN_DELAY_SECONDS * 1000,
      maxConnections: env.REALTIME_MAX_CONNECTIONS,
      maxPresenceMembers: env.REALTIME_MAX_PRESENCE_MEMBERS,
      maxUnsentBytes: env.REALTIME_MAX_UNSENT_BYTES,
      maxClientEventsPerSecond: env.REALTIME_MAX_CLIENT_EVENTS_PER_SECOND,
    },
  };
}
