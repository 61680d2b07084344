import type { BodyDocs, DocsOfRoutes } from "@mgs/http/route-docs";
import { PALETTE_GROUPS } from "@mgs/module/palette";
import { z } from "zod";
import type { baseRoutes } from "./base-routes";
import { channelRequest, userRequest } from "./broadcasting";
import { paletteQuery } from "./palette/search-palette";

const REALTIME = { name: "realtime" };
const HEALTH = { name: "health" };

/** pusher-js posts a form, other Echo connectors JSON. */
const MEDIA_TYPES = ["application/x-www-form-urlencoded", "application/json"];
const bodyOf = (schema: z.ZodType): BodyDocs => ({ schema, mediaTypes: MEDIA_TYPES });

channelRequest.register(z.globalRegistry, { id: "ChannelRequest" });
userRequest.register(z.globalRegistry, { id: "SocketRequest" });

const checks = z.record(z.string(), z.enum(["up", "down"])).meta({ id: "Checks", example: { postgresql: "up" } });

const REALTIME_AWAY = { UNAVAILABLE: "the realtime server does not answer" };

const paletteItem = z
  .object({
    id: z.string(),
    title: z.string(),
    detail: z.string(),
    href: z.string().meta({ description: "Address of its page; an absolute one where another portal has it" }),
  })
  .meta({ id: "PaletteItem" });

export const baseOpenApi: DocsOfRoutes<typeof baseRoutes> = {
  "GET /api/openapi.json": {
    tag: { name: "documentation" },
    id: "getOpenApiDocument",
    summary: "This portal's own OpenAPI document, which `/api/docs` shows as a page",
    answers: { 200: { description: "OpenAPI 3.1, without the envelope", body: z.record(z.string(), z.unknown()) } },
  },
  "GET /api/asyncapi.json": {
    tag: { name: "documentation" },
    id: "getAsyncApiDocument",
    summary: "The AsyncAPI document of the live events, which `/api/docs` shows as well",
    answers: { 200: { description: "AsyncAPI 3.0, without the envelope", body: z.record(z.string(), z.unknown()) } },
  },
  "GET /api/palette": {
    tag: { name: "palette" },
    id: "searchPalette",
    summary: "Records, people, acts and pages by what was typed, within what the person may see",
    query: paletteQuery,
    answers: {
      200: {
        description: "The groups that have something, each with its best items first",
        data: z.object({
          groups: z.array(z.object({ group: z.enum(PALETTE_GROUPS), items: z.array(paletteItem) })),
        }),
      },
    },
    refusals: { VALIDATION_ERROR: true },
  },
  "POST /broadcasting/auth": {
    tag: REALTIME,
    id: "authorizeChannel",
    summary: "Authorize a socket for a private or presence channel",
    description: [
      "A form, as pusher-js posts it, or JSON. At most 4,096 bytes.\n",
      "Which scope a token needs depends on the channel: see [realtime.md](realtime.md).",
    ].join("\n"),
    scopes: ["notifications:read", "openid", "users:read"],
    body: bodyOf(channelRequest),
    answers: {
      200: {
        description: "The Pusher protocol's own body, without the envelope",
        body: z.object({
          auth: z.string().meta({ description: "`key:signature`" }),
          channel_data: z
            .string()
            .optional()
            .meta({ description: "Presence channels: JSON with `user_id` and `user_info.name`" }),
        }),
      },
    },
    refusals: REALTIME_AWAY,
  },
  "POST /broadcasting/user-auth": {
    tag: REALTIME,
    id: "authenticateSocket",
    summary: "Sign a socket in as this device",
    body: bodyOf(userRequest),
    answers: {
      200: {
        description: "The Pusher protocol's own body, without the envelope",
        body: z.object({
          auth: z.string(),
          user_data: z.string().meta({ description: "JSON with `id`: the row of `user_sessions`" }),
        }),
      },
    },
    refusals: REALTIME_AWAY,
  },
  "GET /health/live": {
    tag: HEALTH,
    id: "live",
    summary: "This process runs",
    answers: { 200: { description: "It does", data: z.object({ status: z.literal("live") }) } },
  },
  "GET /health/ready": {
    tag: HEALTH,
    id: "ready",
    summary: "This process and what it needs",
    answers: { 200: { description: "Ready", data: z.object({ status: z.literal("ready"), checks }) } },
    refusals: {
      UNAVAILABLE: {
        description: "with each part named",
        extra: { data: z.object({ ready: z.literal(false), checks }) },
      },
    },
  },
  "GET /metrics": {
    tag: HEALTH,
    id: "metrics",
    summary: "Numbers of this process, in Prometheus's text format",
    description: "`Authorization: Bearer` with METRICS_TOKEN; where none is set, there is no such address.",
    security: "metrics",
    answers: { 200: { description: "Metrics", body: z.string(), mediaType: "text/plain" } },
    refusals: { UNAUTHENTICATED: "no token, or another one", NOT_FOUND: "no token is set" },
  },
  "POST /api/impersonation/end": { leftOut: "the form of the banner that names whom an administrator acts for" },
  "POST /api/logout": { leftOut: "the form of the page `/logout` posts here, under the address of its page" },
};
