import { portVariable } from "@mgs/core/environment";
import { serverUrlVariable } from "@mgs/core/url-variables";
import { metricsTokenVariable } from "@mgs/observability/env";
import { z } from "zod";
import { redisPrefixSchema, redisUrlSchema } from "../cluster/redis/url-schema";
import { isAddressRange } from "../network/address-ranges";
import { isAuthHost } from "../socket-io/authorize-channel";
import { appSchema } from "./app-schema";
import { limitFields } from "./limit-fields";

const path = z.string().min(1);
/** Keys of laravel-echo-server have 32 characters; whoever has one may publish. */
const MIN_HTTP_KEY_LENGTH = 16;
const authHost = z.string().refine(isAuthHost, "must be an origin such as https://app.example.com, or .example.com");

/** A table of apps in PostgreSQL. */
export const appsDatabaseSchema = z.strictObject({
  url: serverUrlVariable(["postgresql", "postgres"], { host: "optional" }),
  table: z
    .string()
    .regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)?$/, "must be a table's name, with its schema where it has one")
    .default("apps"),
  /** How often it is read; a change holds that much later at most. */
  pollSeconds: z.number().positive().default(10),
});
export type AppsDatabase = z.output<typeof appsDatabaseSchema>;

/** The configuration file. Whatever it leaves out has the environment's value or the default. */
export const fileSchema = z.strictObject({
  host: z.string().min(1).optional(),
  port: portVariable.optional(),
  logLevel: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).optional(),
  debug: z.boolean().optional(),
  metrics: z
    .strictObject({
      host: z.string().min(1).optional(),
      port: portVariable.optional(),
      token: metricsTokenVariable.optional(),
    })
    .optional(),
  tls: z.strictObject({ cert: path, key: path, passphrase: z.string().optional() }).optional(),
  trustedProxies: z
    .array(z.string().refine(isAddressRange, "must be an address, or a range such as 10.0.0.0/8"))
    .optional(),
  redis: z.strictObject({ url: redisUrlSchema, prefix: redisPrefixSchema.optional() }).optional(),
  laravel: z
    .strictObject({ url: redisUrlSchema.optional(), prefix: z.string().optional(), appId: z.string().optional() })
    .optional(),
  socketIo: z
    .strictObject({
      appId: z.string().optional(),
      authHost: z.union([authHost, z.array(authHost).min(1)]).optional(),
      authEndpoint: z.string().startsWith("/").optional(),
      httpKey: z.string().min(MIN_HTTP_KEY_LENGTH).optional(),
      path: z.string().startsWith("/").optional(),
      pingIntervalSeconds: z.number().positive().optional(),
      pingTimeoutSeconds: z.number().positive().optional(),
    })
    .optional(),
  limits: z.strictObject(limitFields).partial().optional(),
  apps: z.strictObject({ list: z.array(appSchema).optional(), database: appsDatabaseSchema.optional() }).optional(),
});
export type ConfigFile = z.output<typeof fileSchema>;
