import { sha256 } from "@mgs/core/crypto";
import { randomToken } from "@mgs/core/ids";
import { isLocale } from "@mgs/core/locale";
import type Provider from "oidc-provider";
import type { KoaContextWithOIDC } from "oidc-provider";
import { bindingCookie, bindingPrefix, MAX_BOUND_INTERACTIONS, UI_LOCALE_COOKIE } from "./cookies";
import { currentUnitOfWork } from "./unit-of-work";

/** The library's interaction, with the fields that are ours. */
export type BoundInteraction = InstanceType<Provider["Interaction"]> & {
  /** What the identifiers of the session that it makes are derived from. */
  seed?: string;
  /** When it was finished; seconds since 1970. */
  consumed?: number;
};

const OWN_FIELDS = ["seed", "consumed"];

/**
 * Ties each interaction to the browser that began it, by a cookie that no other site can set: else somebody could plant
 * an interaction of theirs, have a visitor answer it, and go on as that visitor in their own browser.
 */
export function useBoundInteractions(provider: Provider, settings: { secure: boolean; ttlSeconds: number }): void {
  const { Interaction } = provider;
  const fields = [...(Interaction as unknown as { IN_PAYLOAD: string[] }).IN_PAYLOAD, ...OWN_FIELDS];
  Object.defineProperty(Interaction, "IN_PAYLOAD", { get: () => fields });
  const { save } = Interaction.prototype;
  Interaction.prototype.save = function saveBound(this: BoundInteraction, ...args) {
    const context = currentUnitOfWork()?.context;
    if (context && this.seed === undefined) {
      this.seed = randomToken();
      bindToBrowser(context, this, settings);
    }
    return save.apply(this, args);
  };
}

function bindToBrowser(
  ctx: KoaContextWithOIDC,
  { uid, params }: BoundInteraction,
  { secure, ttlSeconds }: { secure: boolean; ttlSeconds: number },
): void {
  const options = { signed: false, httpOnly: true, sameSite: "lax", secure, overwrite: true } as const;
  const began = Object.entries(cookiesOf(ctx)).filter(([name]) => name.startsWith(bindingPrefix(secure)));
  const oldestFirst = began.sort(([, a], [, b]) => Number(a) - Number(b));
  for (const [name] of oldestFirst.slice(0, Math.max(0, began.length + 1 - MAX_BOUND_INTERACTIONS)))
    ctx.cookies.set(name, null, { ...options, path: "/" });
  const now = String(Math.floor(Date.now() / 1_000));
  ctx.cookies.set(bindingCookie(uid, secure), now, { ...options, path: "/", maxAge: ttlSeconds * 1_000 });
  const locale = requestedLocale(params.ui_locales);
  if (locale)
    ctx.cookies.set(UI_LOCALE_COOKIE, locale, {
      ...options,
      path: `/interaction/${uid}`,
      maxAge: ttlSeconds * 1_000,
    });
}

function cookiesOf(ctx: KoaContextWithOIDC): Record<string, string> {
  const pairs = (ctx.req.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, value]));
}

/** First language of `ui_locales` that there is (OpenID Connect Core section 3.1.2.1). */
function requestedLocale(uiLocales: unknown): string | undefined {
  if (typeof uiLocales !== "string") return undefined;
  return uiLocales
    .toLowerCase()
    .split(" ")
    .map((tag) => tag.split("-")[0])
    .find(isLocale);
}

/**
 * Identifiers of the provider's session that an interaction makes. Derived, not drawn: whoever goes on twice from one
 * form (a double click, a lost answer) gets one session, whichever answer arrives.
 */
function sessionMadeBy({ seed }: BoundInteraction): { uid: string; id: string } | null {
  return seed === undefined ? null : { uid: sha256(`session uid\n${seed}`), id: sha256(`session id\n${seed}`) };
}

function currentInteraction(): BoundInteraction | undefined {
  return currentUnitOfWork()?.context?.oidc?.entities.Interaction as BoundInteraction | undefined;
}

/**
 * A session that signs somebody in gets the identifiers of its interaction. A session keeps its identifier where nobody
 * new gains anything by it (at a consent, after a no to a logout, when the same form goes on a second time), since the
 * answer with another one may be lost. Every other sign-in draws a new one, as the library does (session fixation).
 */
export function useDerivedSessions(provider: Provider): void {
  const { loginAccount, resetIdentifier } = provider.Session.prototype;
  provider.Session.prototype.loginAccount = function loginDerived(...args) {
    const interaction = currentInteraction();
    const made = interaction && sessionMadeBy(interaction);
    if (made && !this.accountId) {
      if (!("new" in this && this.new)) Object.assign(this, { oldId: this.jti });
      Object.assign(this, { uid: made.uid, jti: made.id });
    }
    return loginAccount.apply(this, args);
  };
  provider.Session.prototype.resetIdentifier = function resetUnlessMade() {
    if (currentUnitOfWork()?.context?.path.startsWith("/oauth/logout/")) return;
    const interaction = currentInteraction();
    if (interaction?.prompt.name === "consent") return;
    if (interaction && this.jti === sessionMadeBy(interaction)?.id) return;
    resetIdentifier.call(this);
  };
}
