import { type Sealer, safeEqual, sha256 } from "@mgs/core/crypto";
import { randomToken } from "@mgs/core/ids";
import type { Portal } from "@mgs/core/portals";
import { hostCookieName } from "@mgs/http/set-cookie";
import { z } from "zod";
import { ATTEMPT_TTL_SECONDS } from "./retention";
import { safeReturnTo } from "./return-to";

/**
 * One sign-in attempt of one tab. All of it travels as the `state` parameter, sealed, so any number of tabs may wait and
 * leave nothing in the browser but one cookie, by which an attempt knows the browser that began it.
 */
export type Attempt = {
  id: string;
  /** Path of ours where the sign-in ends. */
  returnTo: string;
  /** The `state` that NextAuth made and compares. */
  state: string;
  /** PKCE (RFC 7636). */
  codeVerifier: string;
  /** Hash of the browser's cookie. */
  browser: string;
  /** How many attempts of this tab went before, each lost with its cookie. */
  restarts: number;
  /** Seconds since 1970. */
  startedAt: number;
};

const attemptTuple = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.int().min(0),
  z.int().min(0),
]);

const contextOf = (portal: Portal): string => `sign-in-attempt:${portal}`;

/** The attempt as the `state` parameter. */
export function sealAttempt(sealer: Sealer, portal: Portal, attempt: Attempt): string {
  const { id, returnTo, state, codeVerifier, browser, restarts, startedAt } = attempt;
  const fields: z.output<typeof attemptTuple> = [id, returnTo, state, codeVerifier, browser, restarts, startedAt];
  return sealer.seal(JSON.stringify(fields), contextOf(portal));
}

/** Undoes `sealAttempt`; null for whatever this portal did not seal. */
export function openAttempt(sealer: Sealer, portal: Portal, sealed: string | null): Attempt | null {
  if (!sealed) return null;
  try {
    const fields = attemptTuple.parse(JSON.parse(sealer.open(sealed, contextOf(portal))));
    const [id, returnTo, state, codeVerifier, browser, restarts, startedAt] = fields;
    return { id, returnTo: safeReturnTo(returnTo), state, codeVerifier, browser, restarts, startedAt };
  } catch {
    return null;
  }
}

/** Name of the cookie that attempts are bound to: no other site can finish its sign-in in this browser. */
export const browserCookieName = (portal: Portal, secure: boolean): string =>
  hostCookieName(`mgs.${portal}.browser`, secure);

/** The browser's value of that cookie, or a new one: tabs that begin at once settle on whichever came last. */
export function browserValue(cookie: string | undefined): string {
  return cookie && /^[\w-]{43}$/.test(cookie) ? cookie : randomToken();
}

export const browserHash = (value: string): string => sha256(value);

/** Whether the attempt has outlived the provider's form. */
export function isExpired({ startedAt }: Attempt, now: Date): boolean {
  return Math.floor(now.getTime() / 1_000) - startedAt > ATTEMPT_TTL_SECONDS;
}

/** Whether this browser began the attempt. @param cookie the browser's value */
export function isBegunBy({ browser }: Attempt, cookie: string | undefined): boolean {
  return cookie !== undefined && safeEqual(browserHash(cookie), browser);
}
