import { randomBytes } from "node:crypto";
import type { Portal } from "@mgs/core/portals";
import { CALLBACK_PATH } from "./env";

/**
 * One sign-in attempt of one tab. NextAuth 4 keeps one state and one PKCE cookie a browser, so parallel attempts would
 * overwrite each other's: here each attempt has cookies of its own name, and its id travels behind the `state`.
 */
const KINDS = { state: "s", pkceCodeVerifier: "p", callbackUrl: "c" } as const;

/** Attempts kept beside the one that just arrived: more would fill the request's headers. */
const KEPT = 8;

export const newAttempt = (): string => `${Date.now().toString(36)}-${randomBytes(6).toString("hex")}`;

export const attemptPrefix = (portal: Portal): string => `mgs.${portal}.a.`;

/** NextAuth's cookie options for one attempt; the browser sends them to the callback alone. */
export function attemptCookies(portal: Portal, attempt: string, secure: boolean) {
  const options = { httpOnly: true, sameSite: "lax" as const, path: CALLBACK_PATH, secure, maxAge: 15 * 60 };
  const named = (kind: keyof typeof KINDS) => ({ name: `${attemptPrefix(portal)}${attempt}.${KINDS[kind]}`, options });
  return { state: named("state"), pkceCodeVerifier: named("pkceCodeVerifier"), callbackUrl: named("callbackUrl") };
}

export const stateWith = (state: string, attempt: string): string => `${state}.${attempt}`;

/** Undoes `stateWith`; null when it is none of ours. */
export function splitState(state: string | null): { state: string; attempt: string } | null {
  const match = /^([\w-]+)\.([0-9a-z]+-[0-9a-f]{12})$/.exec(state ?? "");
  return match?.[1] && match[2] ? { state: match[1], attempt: match[2] } : null;
}

/** Names of cookies to drop after `attempt` has arrived: its own, and those of all but the newest others. */
export function staleCookies(portal: Portal, attempt: string, names: readonly string[]): string[] {
  const prefix = attemptPrefix(portal);
  const attemptOf = (name: string): string => name.slice(prefix.length).split(".")[0] ?? "";
  const ours = names.filter((name) => name.startsWith(prefix));
  const others = [...new Set(ours.map(attemptOf))].filter((id) => id !== attempt).sort();
  const dropped = new Set([attempt, ...others.slice(0, Math.max(0, others.length - KEPT))]);
  return ours.filter((name) => dropped.has(attemptOf(name)));
}
