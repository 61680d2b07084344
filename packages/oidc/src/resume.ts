import type Provider from "oidc-provider";
import type { KoaContextWithOIDC } from "oidc-provider";
import { bindingCookie, INTERACTION_COOKIES } from "./cookies";
import { isOver, restartOf } from "./interaction";
import type { BoundInteraction } from "./interaction-model";
import { INTERACTION_REPEAT_WINDOW_SECONDS } from "./retention";

const RESUME_PATH = /^\/oauth\/authorize\/([\w-]{10,100})$/;

/**
 * Guards the way on from a form (`/oauth/authorize/{uid}`). It may be walked twice. Where it leads nowhere any more (an
 * interaction that expired, one that was finished a while ago, another browser's), the client's request is made anew:
 * whoever is signed in arrives, everybody else meets a form that works.
 */
export function resumeMiddleware(provider: Provider, settings: { secure: boolean }) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    const uid = ctx.method === "GET" ? RESUME_PATH.exec(ctx.path)?.[1] : undefined;
    if (uid === undefined) return next();
    const found = await provider.Interaction.find(uid, { ignoreExpiration: true });
    if (!found) return next();
    const bound = ctx.cookies.get(bindingCookie(uid, settings.secure), { signed: false }) !== undefined;
    const resumes = ctx.cookies.get(INTERACTION_COOKIES.resume, { signed: true }) === uid;
    if (bound && leadsOn(found) && (resumes || isOver(found))) {
      if (!resumes) presentResumeCookie(ctx, uid);
      return next();
    }
    ctx.set("Cache-Control", "no-store");
    ctx.status = 303;
    ctx.redirect(restartOf(found));
  };
}

/**
 * The library takes its own cookie back when the form has gone on; the one that binds the interaction says as much, and
 * stays.
 */
function presentResumeCookie(ctx: KoaContextWithOIDC, uid: string): void {
  const pair = `${INTERACTION_COOKIES.resume}=${uid}`;
  const { keys } = ctx.cookies as unknown as { keys: { sign(text: string): string } };
  const { cookie } = ctx.req.headers;
  ctx.req.headers.cookie = `${pair}; ${INTERACTION_COOKIES.resume}.sig=${keys.sign(pair)}${cookie ? `; ${cookie}` : ""}`;
}

function leadsOn(interaction: BoundInteraction): boolean {
  if (!isOver(interaction)) return true;
  const { consumed } = interaction;
  return consumed !== undefined && Date.now() / 1_000 - consumed < INTERACTION_REPEAT_WINDOW_SECONDS;
}
