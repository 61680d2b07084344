import type { IncomingHttpHeaders } from "node:http";
import type { App } from "../apps";
import { isOriginAllowed } from "../network/origin";
import { problem, type Reply } from "./reply";

const PREFLIGHT_MAX_AGE_SECONDS = "86400";

/**
 * Headers that let a page read an answer of the HTTP API, where the app allows its origin. No cookies come with it: a
 * request is judged by its signature.
 */
export function corsHeaders({ origin }: IncomingHttpHeaders, app: Pick<App, "allowedOrigins">): Record<string, string> {
  if (app.allowedOrigins === undefined) return origin === undefined ? {} : { "access-control-allow-origin": "*" };
  if (origin === undefined || !isOriginAllowed(origin, app.allowedOrigins)) return { vary: "origin" };
  return { "access-control-allow-origin": origin, vary: "origin" };
}

/** The answer to a browser that asks whether it may send. */
export function preflightReply(
  headers: IncomingHttpHeaders,
  app: Pick<App, "allowedOrigins">,
  methods: readonly string[],
): Reply {
  if (!isOriginAllowed(headers.origin, app.allowedOrigins)) return problem(403, "Origin not allowed");
  const asked = headers["access-control-request-headers"];
  return {
    status: 204,
    body: "",
    headers: {
      ...corsHeaders(headers, app),
      "access-control-allow-methods": methods.join(", "),
      "access-control-max-age": PREFLIGHT_MAX_AGE_SECONDS,
      ...(asked === undefined ? {} : { "access-control-allow-headers": asked }),
    },
  };
}
