import { createSealer } from "@mgs/core/crypto";
import { describe, expect, it, test } from "vitest";
import { browserCookieName } from "./cookies";
import { ATTEMPT_TTL_SECONDS } from "./lifetimes";
import {
  type Attempt,
  browserHash,
  browserValue,
  codeChallenge,
  isBegunBy,
  isExpired,
  openAttempt,
  sealAttempt,
} from "./sign-in-attempt";

const sealer = createSealer(Buffer.alloc(32, 1).toString("base64"));
const STARTED_AT = 1_800_000_000;
const attempt: Attempt = {
  id: "an-id",
  returnTo: "/notifications?filter=unread",
  codeVerifier: "v".repeat(43),
  browser: browserHash("b".repeat(43)),
  restarts: 0,
  startedAt: STARTED_AT,
};
const at = (seconds: number) => new Date((STARTED_AT + seconds) * 1_000);

test("an attempt is the state parameter, sealed", () => {
  const sealed = sealAttempt(sealer, "commercial", attempt);
  expect(openAttempt(sealer, "commercial", sealed)).toEqual(attempt);
  expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("notifications");
});

test("the state of a long address stays short enough for a request line", () => {
  const returnTo = `/${"a".repeat(2_047)}`;
  expect(sealAttempt(sealer, "commercial", { ...attempt, returnTo }).length).toBeLessThan(3_200);
});

describe("a state that is none of this portal's", () => {
  const sealed = sealAttempt(sealer, "commercial", attempt);
  it.each([
    null,
    "",
    "abc",
    "v1.",
    "v1.abc",
    "abc_-1.m0-0123456789ab",
    `${sealed.slice(0, -2)}AA`,
    sealAttempt(sealer, "gestion-dossier", attempt),
    sealer.seal("[]", "sign-in-attempt:commercial"),
    sealer.seal("not JSON", "sign-in-attempt:commercial"),
  ])("%j is refused", (state) => {
    expect(openAttempt(sealer, "commercial", state)).toBeNull();
  });
});

test("an attempt's challenge is that of RFC 7636 appendix B", () => {
  const codeVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  expect(codeChallenge({ ...attempt, codeVerifier })).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
});

test("an attempt lives as long as the provider's form waits", () => {
  expect(isExpired(attempt, at(ATTEMPT_TTL_SECONDS))).toBe(false);
  expect(isExpired(attempt, at(ATTEMPT_TTL_SECONDS + 1))).toBe(true);
});

test.each([
  ["the browser that began it", "b".repeat(43), true],
  ["not another browser", "c".repeat(43), false],
  ["not a browser without the cookie", undefined, false],
])("an attempt is finished by %s", (_who, cookie, finishable) => {
  expect(isBegunBy(attempt, cookie)).toBe(finishable);
});

test("a browser keeps its value, and a malformed one is replaced", () => {
  const value = browserValue(undefined);
  expect(value).toMatch(/^[\w-]{43}$/);
  expect(browserValue(value)).toBe(value);
  for (const odd of ["", "short", `${value};`, "x".repeat(44)]) expect(browserValue(odd)).not.toBe(odd);
});

test("over TLS no sibling subdomain can plant the cookie", () => {
  expect(browserCookieName("commercial", true)).toBe("__Host-mgs.commercial.browser");
  expect(browserCookieName("commercial", false)).toBe("mgs.commercial.browser");
});
