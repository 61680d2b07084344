import type { IncomingMessage } from "node:http";
import { type Configuration, errors, type KoaContextWithOIDC } from "oidc-provider";

/** Addresses that a person's browser goes to; every other endpoint is a program's. */
const FRONT_CHANNEL = /^\/oauth\/(?:authorize|logout)(?:\/|$)/;

/** Endpoints whose requests may come by POST as well (OpenID Connect Core 3.1.2.1, RP-Initiated Logout 1.0 section 2). */
const POSTABLE: ReadonlySet<string> = new Set(["/oauth/authorize", "/oauth/logout"]);

/** Endpoints that programs call, and how (`Allow`). */
const PROGRAM_METHODS: Readonly<Record<string, string>> = {
  "/oauth/token": "POST",
  "/oauth/introspect": "POST",
  "/oauth/revoke": "POST",
  "/oauth/userinfo": "GET, HEAD, POST",
  "/oauth/jwks": "GET, HEAD",
  "/.well-known/openid-configuration": "GET, HEAD",
};

/** A request is a URL in the end, which proxies take up to 8 kB of. */
const MAX_REQUEST_BYTES = 7_000;

type RenderError = NonNullable<Configuration["renderError"]>;

/**
 * Decides by the endpoint who reads an error: programs get JSON whatever they accept (RFC 6749 section 5.2), people a
 * page. A request by POST goes on as the same one by GET: cookies of `SameSite=Lax` come with no POST of another site.
 */
export function frontChannelMiddleware(renderError: RenderError) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    const isFrontChannel = FRONT_CHANNEL.test(ctx.path);
    ctx.req.headers.accept = isFrontChannel ? "text/html" : "application/json";
    // The form's address, opened by itself: a reload after a lost answer.
    if (ctx.method === "GET" && ctx.path === "/oauth/logout/confirm") return seeOther(ctx, "/logout?client=1");
    if (ctx.method !== "POST" || !POSTABLE.has(ctx.path)) {
      await next();
      if (!isFrontChannel && ctx.status === 404 && !ctx.body) refuseUnknown(ctx);
      return;
    }
    const query = ctx.is("application/x-www-form-urlencoded") ? await readForm(ctx.req) : null;
    if (query !== null) return seeOther(ctx, `${ctx.path}?${new URLSearchParams(query)}`);
    const error = new errors.InvalidRequest("the request must be a form of moderate size");
    await renderError(ctx, { error: error.error, error_description: error.error_description ?? "" }, error);
  };
}

/** What no endpoint has answered: the library says so in plain text. */
function refuseUnknown(ctx: KoaContextWithOIDC): void {
  const allow = PROGRAM_METHODS[ctx.path];
  ctx.status = allow === undefined ? 404 : 405;
  if (allow !== undefined) ctx.set("Allow", allow);
  const error_description = allow === undefined ? "there is no such endpoint" : `this endpoint takes ${allow}`;
  ctx.body = { error: "invalid_request", error_description };
}

function seeOther(ctx: KoaContextWithOIDC, location: string): void {
  ctx.set("Cache-Control", "no-store");
  ctx.status = 303;
  ctx.redirect(location);
}

/** Null for a body that is too long. */
async function readForm(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_REQUEST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
