import { z } from "zod";
import { type AppDefinition, WEBHOOK_KINDS } from "../apps";
import type { AppLimits } from "../limits";
import { isOriginPattern } from "../network/origin";
import { appLimitFields, toLimits } from "./limit-fields";

const name = z.string().min(1).max(200);

const webhook = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: "must be an http(s) URL" })
    .refine((url) => !URL.parse(url)?.username && !URL.parse(url)?.password && !url.includes("#"), {
      error: "must be without user name, password and fragment: what proves who calls goes into headers",
    }),
  events: z.array(z.enum(WEBHOOK_KINDS)).optional(),
  channelPrefix: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});

/** An app as the configuration file has it. */
export const appSchema: z.ZodType<AppDefinition> = z.strictObject({
  id: name,
  keys: z.array(z.strictObject({ key: name, secret: name })).min(1),
  enabled: z.boolean().optional(),
  clientEvents: z.boolean().optional(),
  tlsOnly: z.boolean().optional(),
  allowedOrigins: z
    .array(z.string().refine(isOriginPattern, "must be an origin such as https://a.example or https://*.example"))
    .optional(),
  limits: z
    .strictObject(appLimitFields)
    .partial()
    .transform((limits): Partial<AppLimits> => toLimits(limits))
    .optional(),
  webhooks: z.array(webhook).optional(),
});
