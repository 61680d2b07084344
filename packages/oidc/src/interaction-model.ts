import { sha256 } from "@mgs/core/crypto";
import { randomToken } from "@mgs/core/ids";
import { isLocale } from "@mgs/core/locale";
import type Provider from "oidc-provider";
import type { KoaContextWithOIDC } from "oidc-provider";
import { bindingCookie, bindingPrefix, MAX_BOUND_INTERACTIONS, UI_LOCALE_COOKIE } from "./cookies";
import { interactionPath } from "./links";
import { currentUnitOfWork } from "./unit-of-work";

/** The library's interaction, with fields that this package adds. */
export type BoundInteraction = InstanceType<Provider["Interaction"]> & {
  /** Secret that the identifiers of the session which it makes are derived from. */
  seed?: string;
  /** When it was finished; seconds since 1970. */
  consumed?: number;
};

const OWN_FIELDS = ["seed", "consumed"];

/**
 * Binds each interaction to the browser that began it, by a cookie that no other site can set: else an attacker could
 * plant their interaction, have a visitor answer it, and go on as that visitor in their own browser.
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
      path: interactionPath(uid),
      maxAge: ttlSeconds * 1_000,
    });
}

function cookiesOf(ctx: KoaContextWithOIDC): Record<string, string> {
  const pairs = (ctx.req.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, value]));
}

/** The first supported language of `ui_locales` (OpenID Connect Core section 3.1.2.1). */
function requestedLocale(uiLocales: unknown): string | undefined {
  if (typeof uiLocales !== "string") return undefined;
  return uiLocales
    .toLowerCase()
    .split(" ")
    .map((tag) => tag.split("-")[0])
    .find(isLocale);
}

/**
 * Identifiers of the provider's session that an interaction makes. They are derived, not drawn: a form that is followed
 * twice (a double click, a lost answer) makes one session, whichever answer arrives.
 */
function derivedSessionIds({ seed }: BoundInteraction): { uid: string; id: string } | null {
  return seed === undefined ? null : { uid: sha256(`session uid\n${seed}`), id: sha256(`session id\n${seed}`) };
}

function currentInteraction(): BoundInteraction | undefined {
  return currentUnitOfWork()?.context?.oidc?.entities.Interaction as BoundInteraction | undefined;
}

/**
 * Gives a session that signs a person in the identifiers derived from its interaction. A session keeps its identifier
 * where a new one protects nobody (at a consent, after a no to a logout, when the same form goes on a second time), since
 * the answer with another one may be lost. Every other sign-in draws a new one, as the library does (session fixation).
 */
export function useDerivedSessions(provider: Provider): void {
  const { loginAccount, resetIdentifier } = provider.Session.prototype;
  provider.Session.prototype.loginAccount = function loginDerived(...args) {
    const interaction = currentInteraction();
    const derived = interaction && derivedSessionIds(interaction);
    if (derived && !this.accountId) {
      if (!("new" in this && this.new)) Object.assign(this, { oldId: this.jti });
      Object.assign(this, { uid: derived.uid, jti: derived.id });
    }
    return loginAccount.apply(this, args);
  };
  provider.Session.prototype.resetIdentifier = function resetUnlessDerived() {
    if (currentUnitOfWork()?.context?.path.startsWith("/oauth/logout/")) return;
    const interaction = currentInteraction();
    if (interaction?.prompt.name === "consent") return;
    if (interaction && this.jti === derivedSessionIds(interaction)?.id) return;
    resetIdentifier.call(this);
  };
}
