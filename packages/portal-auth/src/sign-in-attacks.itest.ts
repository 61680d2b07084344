import { TestBrowser } from "@mgs/oidc/testing/browser";
import { describe, expect, it } from "vitest";
import { openAttempt, sealAttempt } from "./sign-in-attempt";
import { locationOf, SESSION, USER, usePortal } from "./testing/use-portal";

/** Attacks on the portal's side of a sign-in (RFC 9700 section 4). */

const stage = usePortal();
const { reachCallback, sessionOf, errorPage, signedIn } = stage;

const queryOf = (callback: string, name: string): string => new URL(callback).searchParams.get(name) ?? "";

function withQuery(callback: string, changes: Record<string, string | null>): string {
  const url = new URL(callback);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.href;
}

async function expectNobody(browser: TestBrowser, callback: string, error: string): Promise<void> {
  expect(await locationOf(browser, callback)).toBe(errorPage(error, "/profil"));
  expect(browser.cookie(SESSION)).toBeUndefined();
  expect(await sessionOf(browser)).toBeNull();
}

describe("a callback whose parts do not belong together", () => {
  it("the code of an attacker's attempt, put into a visitor's, signs nobody in (code injection)", async () => {
    const attackers = await reachCallback(new TestBrowser(), "/profil");
    const visitor = new TestBrowser();
    const callback = withQuery(await reachCallback(visitor, "/profil"), { code: queryOf(attackers, "code") });
    await expectNobody(visitor, callback, "invalid_grant");
  });

  it("the state of another attempt of the same browser does not redeem the code", async () => {
    const browser = new TestBrowser();
    const first = await reachCallback(browser, "/profil");
    const second = await reachCallback(browser, "/profil");
    await expectNobody(browser, withQuery(second, { state: queryOf(first, "state") }), "invalid_grant");
  });

  it("an ID token with another nonce than the attempt's signs nobody in", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil");
    const attempt = openAttempt(stage.op.sealer, "commercial", queryOf(callback, "state"));
    if (!attempt) throw new Error("no attempt");
    // Everything is right but the attempt's id, which the nonce follows from.
    const state = sealAttempt(stage.op.sealer, "commercial", { ...attempt, id: "another" });
    await expectNobody(browser, withQuery(callback, { state }), "OAuthCallback");
  });

  it.each([
    ["another issuer", "https://evil.example"],
    ["our issuer with a slash", "with-slash"],
    ["no issuer", null],
  ])("an answer that names %s signs nobody in (mix-up)", async (_name, named) => {
    const browser = new TestBrowser();
    const iss = named === "with-slash" ? `${stage.op.issuer}/` : named;
    await expectNobody(browser, withQuery(await reachCallback(browser, "/profil"), { iss }), "OAuthCallback");
  });
});

describe("session fixation", () => {
  it("a portal's cookie of an attacker's making signs nobody in, and is replaced at the sign-in", async () => {
    const visitor = new TestBrowser();
    const planted = "A".repeat(43);
    visitor.plant(SESSION, planted);
    expect(await sessionOf(visitor)).toBeNull();
    await locationOf(visitor, await reachCallback(visitor));
    expect(visitor.cookie(SESSION)).not.toBe(planted);
    expect(await stage.auth.sessions.find(planted)).toBeNull();
    expect(await sessionOf(visitor)).toMatchObject({ user: { id: USER } });
  });

  it("an attacker's own session, planted in a visitor's browser, ends when the visitor signs in", async () => {
    const attacker = await signedIn();
    const planted = attacker.cookie(SESSION) ?? "";
    const visitor = new TestBrowser();
    visitor.plant(SESSION, planted);
    await locationOf(visitor, await reachCallback(visitor));
    expect(visitor.cookie(SESSION)).not.toBe(planted);
    expect(await sessionOf(attacker)).toBeNull();
  });
});
