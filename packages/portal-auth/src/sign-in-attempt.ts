import { type Sealer, safeEqual, sha256 } from "@mgs/core/crypto";
import { randomToken } from "@mgs/core/ids";
import type { Portal } from "@mgs/core/portals";
import { safeReturnTo } from "@mgs/http/return-to";
import { z } from "zod";
import { ATTEMPT_TTL_SECONDS } from "./lifetimes";

/**
 * One sign-in attempt of one tab. All of it is the `state` parameter, sealed, so any number of tabs may wait and leave
 * nothing in the browser but one cookie. The callback compares that cookie with the attempt.
 */
export type Attempt = {
  id: string;
  /** Path of this portal where the sign-in ends. */
  returnTo: string;
  /** PKCE (RFC 7636 section 4.1). */
  codeVerifier: string;
  /** Hash of the browser's cookie. */
  browser: string;
  /** How many attempts of this tab went before, each lost with its cookie. */
  restarts: number;
  /** Seconds since 1970. */
  startedAt: number;
};

const attemptTuple = z.tuple([z.string(), z.string(), z.string(), z.string(), z.int().min(0), z.int().min(0)]);

const contextOf = (portal: Portal): string => `sign-in-attempt:${portal}`;

/** Begins an attempt. @param browser the browser's cookie */
export function createAttempt(begun: Pick<Attempt, "returnTo" | "restarts"> & { browser: string; now: Date }): Attempt {
  const { returnTo, restarts, browser, now } = begun;
  return {
    id: randomToken(),
    returnTo,
    codeVerifier: randomToken(),
    browser: browserHash(browser),
    restarts,
    startedAt: toSeconds(now),
  };
}

/** The attempt as the `state` parameter. */
export function sealAttempt(sealer: Sealer, portal: Portal, attempt: Attempt): string {
  const { id, returnTo, codeVerifier, browser, restarts, startedAt } = attempt;
  const fields: z.output<typeof attemptTuple> = [id, returnTo, codeVerifier, browser, restarts, startedAt];
  return sealer.seal(JSON.stringify(fields), contextOf(portal));
}

/** Undoes `sealAttempt`; null for a text that this portal did not seal. */
export function openAttempt(sealer: Sealer, portal: Portal, sealed: string | null): Attempt | null {
  if (!sealed) return null;
  try {
    const fields = attemptTuple.parse(JSON.parse(sealer.open(sealed, contextOf(portal))));
    const [id, returnTo, codeVerifier, browser, restarts, startedAt] = fields;
    return { id, returnTo: safeReturnTo(returnTo), codeVerifier, browser, restarts, startedAt };
  } catch {
    return null;
  }
}

/** The `code_challenge` of an attempt (RFC 7636 section 4.2, method S256). */
export const codeChallenge = ({ codeVerifier }: Attempt): string => sha256(codeVerifier);

/** The `nonce` of an attempt, which its ID token has to carry (OpenID Connect Core section 3.1.2.1). */
export const nonceOf = ({ id }: Attempt): string => sha256(`nonce\n${id}`);

/** The browser's value of the cookie that attempts are bound to, or a new one where it has none. */
export function browserValue(cookie: string | undefined): string {
  return cookie && /^[\w-]{43}$/.test(cookie) ? cookie : randomToken();
}

export const browserHash = (value: string): string => sha256(value);

/** Whether the attempt has outlived the provider's form. */
export function isExpired({ startedAt }: Attempt, now: Date): boolean {
  return toSeconds(now) - startedAt > ATTEMPT_TTL_SECONDS;
}

/** Whether this browser began the attempt. @param cookie the browser's value */
export function isBegunBy({ browser }: Attempt, cookie: string | undefined): boolean {
  return cookie !== undefined && safeEqual(browserHash(cookie), browser);
}

const toSeconds = (date: Date): number => Math.floor(date.getTime() / 1_000);
