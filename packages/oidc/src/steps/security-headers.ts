import { SECURITY_HEADERS, STRICT_TRANSPORT_SECURITY } from "@mgs/http/security-headers";
import type { Step } from "./step";

const CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Headers of every answer, whichever way the provider is mounted. */
export function setSecurityHeaders({ secure }: { secure: boolean }): Step {
  return async (ctx, next) => {
    ctx.set(SECURITY_HEADERS);
    ctx.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    ctx.set("Referrer-Policy", "no-referrer");
    if (secure) ctx.set("Strict-Transport-Security", STRICT_TRANSPORT_SECURITY);
    await next();
  };
}
