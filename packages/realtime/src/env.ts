import { hostVariable } from "@mgs/core/url-variables";
import { z } from "zod";

const flag = z.enum(["http", "https"]);
const port = z.coerce.number().int().min(1).max(65535);

/** The Pusher Channels server in use, whichever it is: ours, Soketi, Sockudo or hosted Pusher. */
export const pusherEnv = z.object({
  PUSHER_APP_ID: z.string().min(1),
  PUSHER_APP_KEY: z.string().min(1),
  PUSHER_APP_SECRET: z.string().min(1),
  /** Unset: hosted Pusher, by its cluster. */
  PUSHER_HOST: hostVariable.optional(),
  PUSHER_PORT: port.optional(),
  PUSHER_SCHEME: flag.default("https"),
  PUSHER_APP_CLUSTER: z
    .string()
    .regex(/^[a-z0-9-]+$/i, "must be a cluster's name alone, such as eu")
    .default("mt1"),
  /** Where browsers reach it, when that is another address. */
  PUSHER_PUBLIC_HOST: hostVariable.optional(),
  PUSHER_PUBLIC_PORT: port.optional(),
  PUSHER_PUBLIC_SCHEME: flag.optional(),
});
export type PusherEnv = z.output<typeof pusherEnv>;
