import type { ErrorDetail } from "@mgs/core/errors";

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** How long sign-ins and what comes of them last; seconds. */
export const SESSION_LIFETIMES = [
  /** A sign-in that is not remembered ends when nobody has opened a page for that long. */
  "idle",
  /** A sign-in that is not remembered ends that long after its beginning, however much it is used. */
  "absolute",
  /** As `idle`, for a sign-in of "stay signed in". */
  "remembered_idle",
  /** As `absolute`, for a sign-in of "stay signed in". */
  "remembered_absolute",
  /** An access token, of portals and other applications alike. */
  "access_token",
  /** A refresh token that is not used; each use gives a new one. */
  "refresh_token",
  /** A portal's own session, after which it asks the provider again, of which its person sees nothing. */
  "portal_session",
] as const;
export type SessionLifetime = (typeof SESSION_LIFETIMES)[number];
export type SessionLifetimes = Readonly<Record<SessionLifetime, number>>;

/** What a new installation has: a working day, two weeks where the person asked for it. */
export const DEFAULT_LIFETIMES: SessionLifetimes = {
  idle: 12 * HOUR_SECONDS,
  absolute: DAY_SECONDS,
  remembered_idle: 14 * DAY_SECONDS,
  remembered_absolute: 30 * DAY_SECONDS,
  access_token: 15 * MINUTE_SECONDS,
  refresh_token: 14 * DAY_SECONDS,
  portal_session: 14 * DAY_SECONDS,
};

/** The longest that any sign-in can be made to last; signing keys stay published for as long. */
export const MAX_SESSION_SECONDS = 60 * DAY_SECONDS;

type Range = { min: number; max: number };

/** The values that each lifetime can have by itself. Uses of a sign-in are noted once a minute, so none is idle sooner than minutes. */
export const LIFETIME_RANGES: Readonly<Record<SessionLifetime, Range>> = {
  idle: { min: 15 * MINUTE_SECONDS, max: MAX_SESSION_SECONDS },
  absolute: { min: 15 * MINUTE_SECONDS, max: MAX_SESSION_SECONDS },
  remembered_idle: { min: 15 * MINUTE_SECONDS, max: MAX_SESSION_SECONDS },
  remembered_absolute: { min: 15 * MINUTE_SECONDS, max: MAX_SESSION_SECONDS },
  access_token: { min: MINUTE_SECONDS, max: 15 * MINUTE_SECONDS },
  refresh_token: { min: 5 * MINUTE_SECONDS, max: MAX_SESSION_SECONDS },
  portal_session: { min: 15 * MINUTE_SECONDS, max: MAX_SESSION_SECONDS },
};

/** The errors that name another range than most lifetimes have. */
const OUT_OF_RANGE: Readonly<Partial<Record<SessionLifetime, string>>> = {
  access_token: "LIFETIME_OF_ACCESS_TOKEN",
  refresh_token: "LIFETIME_OF_REFRESH_TOKEN",
};

type Rule = { shorter: SessionLifetime; longer: SessionLifetime; message: string };

/** Pairs of which the first may not be longer than the second; the error stands at the first. */
const ORDER: readonly Rule[] = [
  { shorter: "idle", longer: "absolute", message: "LIFETIME_OVER_ABSOLUTE" },
  { shorter: "remembered_idle", longer: "remembered_absolute", message: "LIFETIME_OVER_ABSOLUTE" },
  { shorter: "idle", longer: "remembered_idle", message: "LIFETIME_OVER_REMEMBERED" },
  { shorter: "absolute", longer: "remembered_absolute", message: "LIFETIME_OVER_REMEMBERED" },
  // The use of a token between two pages is not noted: a sign-in would end under a program that is at work.
  { shorter: "access_token", longer: "idle", message: "LIFETIME_OVER_IDLE" },
  { shorter: "access_token", longer: "refresh_token", message: "LIFETIME_OVER_REFRESH" },
  { shorter: "refresh_token", longer: "remembered_absolute", message: "LIFETIME_OVER_SESSION" },
  { shorter: "portal_session", longer: "remembered_absolute", message: "LIFETIME_OVER_SESSION" },
];

/** Finds what is wrong with lifetimes: values out of range, and promises that another value breaks. One error a lifetime. */
export function findContradictions(lifetimes: SessionLifetimes): ErrorDetail[] {
  const details = new Map<SessionLifetime, string>();
  for (const name of SESSION_LIFETIMES) {
    const { min, max } = LIFETIME_RANGES[name];
    const seconds = lifetimes[name];
    if (!Number.isInteger(seconds) || seconds < min || seconds > max) {
      details.set(name, OUT_OF_RANGE[name] ?? "LIFETIME_OUT_OF_RANGE");
    }
  }
  for (const { shorter, longer, message } of ORDER) {
    const isComparable = !details.has(shorter) && !details.has(longer);
    if (isComparable && lifetimes[shorter] > lifetimes[longer]) details.set(shorter, message);
  }
  return [...details].map(([path, message]) => ({ path, message }));
}

/** @throws Error naming each contradiction, for the start of a process */
export function assertConsistent(lifetimes: SessionLifetimes): void {
  const wrong = findContradictions(lifetimes);
  if (wrong.length === 0) return;
  const named = wrong.map(({ path, message }) => `${path} (${message})`).join(", ");
  throw new Error(
    `the lifetimes of sessions contradict each other: ${named}. Set them by npm run mgs -- lifetimes:set`,
  );
}
