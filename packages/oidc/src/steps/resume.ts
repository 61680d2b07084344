import type Provider from "oidc-provider";
import type { KoaContextWithOIDC } from "oidc-provider";
import { bindingCookie, INTERACTION_COOKIES } from "../cookies";
import { resumedInteraction } from "../endpoints";
import { isOver, restartUrl } from "../interaction";
import type { BoundInteraction } from "../interaction-model";
import { INTERACTION_REPEAT_WINDOW_SECONDS } from "../lifetimes";
import { seeOther } from "./see-other";
import type { Step } from "./step";

/**
 * Resumes an interaction (`/oauth/authorize/{uid}`), twice if need be. One that cannot be resumed (expired, finished a
 * while ago, another browser's) is answered with the client's request anew: a signed-in visitor arrives, and every other
 * one gets a form that works.
 */
export function resumeOrRestart(provider: Provider, settings: { secure: boolean }): Step {
  return async (ctx, next) => {
    const uid = ctx.method === "GET" ? resumedInteraction(ctx.path) : undefined;
    const interaction = uid && (await provider.Interaction.find(uid, { ignoreExpiration: true }));
    if (!interaction) return next();
    const isBound = ctx.cookies.get(bindingCookie(uid, settings.secure), { signed: false }) !== undefined;
    const hasResumeCookie = ctx.cookies.get(INTERACTION_COOKIES.resume, { signed: true }) === uid;
    if (!isBound || !isResumable(interaction) || !(hasResumeCookie || isOver(interaction)))
      return seeOther(ctx, restartUrl(interaction));
    if (!hasResumeCookie) presentResumeCookie(ctx, uid);
    return next();
  };
}

/**
 * Adds the library's resume cookie to the request. The library removes it from the browser when the interaction is resumed
 * for the first time; the cookie that binds the interaction says as much, and stays.
 */
function presentResumeCookie(ctx: KoaContextWithOIDC, uid: string): void {
  const pair = `${INTERACTION_COOKIES.resume}=${uid}`;
  const { keys } = ctx.cookies as unknown as { keys: { sign(text: string): string } };
  const { cookie } = ctx.req.headers;
  ctx.req.headers.cookie = `${pair}; ${INTERACTION_COOKIES.resume}.sig=${keys.sign(pair)}${cookie ? `; ${cookie}` : ""}`;
}

function isResumable(interaction: BoundInteraction): boolean {
  if (!isOver(interaction)) return true;
  const { consumed } = interaction;
  return consumed !== undefined && Date.now() / 1_000 - consumed < INTERACTION_REPEAT_WINDOW_SECONDS;
}
