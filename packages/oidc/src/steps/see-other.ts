import type { KoaContextWithOIDC } from "oidc-provider";

/** Sends the browser on with a GET that no cache keeps. */
export function seeOther(ctx: KoaContextWithOIDC, location: string): void {
  ctx.set("Cache-Control", "no-store");
  ctx.status = 303;
  ctx.redirect(location);
}
