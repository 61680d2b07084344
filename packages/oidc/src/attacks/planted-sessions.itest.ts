import { describe, expect, test } from "vitest";
import { findLogoutSecret, findSsoSession } from "../sso-session";
import { TestBrowser } from "../testing/browser";
import { buildAuthorization } from "../testing/relying-party";
import { useProviderStage } from "../testing/use-provider-stage";

/** Sessions that somebody else has begun, and requests that another site has a browser make. */

const stage = useProviderStage();
const { deps, discover, signIn } = stage;

const ssoOf = (browser: TestBrowser) => findSsoSession(deps(), browser.cookie("mgs.sso"));

/** Begins a sign-in. @returns the form's address */
async function begin(browser: TestBrowser): Promise<string> {
  const { url } = await buildAuthorization(await discover());
  return (await browser.request(url)).headers.get("location") ?? "";
}

const go = async (browser: TestBrowser, location: string): Promise<Response> =>
  browser.request(new URL(location, stage.op.issuer).href);

describe("session fixation", () => {
  test("a session cookie of an attacker's making signs nobody in, and is not kept", async () => {
    const visitor = new TestBrowser();
    const planted = "A".repeat(43);
    visitor.plant("mgs.sso", planted);
    visitor.plant("mgs.sso.sig", planted);
    expect(await ssoOf(visitor)).toBeNull();
    await signIn(visitor, 1);
    expect(visitor.cookie("mgs.sso")).not.toBe(planted);
    expect(await findSsoSession(deps(), planted)).toBeNull();
    expect(await ssoOf(visitor)).toMatchObject({ userId: 1 });
  });

  test("a browser that signs in gets another session than the one it came with, as does one whose sign-in ended", async () => {
    const browser = new TestBrowser();
    await signIn(browser, 1);
    const first = browser.cookie("mgs.sso") ?? "";
    await stage.db.database.userSession.updateMany({ data: { endedAt: new Date() } });
    await signIn(browser, 2);
    expect(browser.cookie("mgs.sso")).not.toBe(first);
    expect(await findSsoSession(deps(), first)).toBeNull();
  });

  test("an attacker's own session, planted in a visitor's browser, does not become the visitor's", async () => {
    const attacker = new TestBrowser();
    await signIn(attacker, 2);
    const planted = attacker.cookie("mgs.sso") ?? "";
    const visitor = new TestBrowser();
    visitor.plant("mgs.sso", planted);
    visitor.plant("mgs.sso.sig", attacker.cookie("mgs.sso.sig") ?? "");
    // The visitor is asked again, as by `prompt=login`, and answers as themselves.
    const { url } = await buildAuthorization(await discover(), { prompt: "login" });
    const form = (await visitor.request(url)).headers.get("location") ?? "";
    await go(visitor, await stage.op.answerInteraction(visitor, form, 1));
    expect((await findSsoSession(deps(), planted))?.userId).not.toBe(1);
    expect((await ssoOf(attacker))?.userId).not.toBe(1);
  });
});

describe("login CSRF", () => {
  test("an interaction that an attacker began, and has answered, is not followed by another browser", async () => {
    const attacker = new TestBrowser();
    const form = await begin(attacker);
    const onward = await stage.op.answerInteraction(attacker, form, 2);
    const visitor = new TestBrowser();
    const answer = await go(visitor, onward);
    expect(answer.headers.get("location") ?? "").not.toContain("code=");
    expect(await ssoOf(visitor)).toBeNull();
  });

  test("a form that an attacker opened is not answered in a visitor's browser", async () => {
    const form = await begin(new TestBrowser());
    await expect(stage.op.answerInteraction(new TestBrowser(), form, 1)).rejects.toMatchObject({
      code: "INTERACTION_NOT_FOUND",
    });
  });
});

describe("logout CSRF", () => {
  test("a link to the logout asks first, and ends nothing", async () => {
    const browser = new TestBrowser();
    const { tokens } = await signIn(browser, 1);
    for (const query of ["", "?client_id=portal", `?id_token_hint=${tokens.id_token}`]) {
      const answer = await go(browser, `/oauth/logout${query}`);
      expect(answer.headers.get("location"), query).toBe("/logout?client=1");
      expect(await ssoOf(browser), query).toMatchObject({ userId: 1 });
    }
  });

  test("a form of another site, which cannot know the secret of this browser's form, ends nothing", async () => {
    const browser = new TestBrowser();
    await signIn(browser, 1);
    await go(browser, "/oauth/logout");
    const attacker = new TestBrowser();
    await signIn(attacker, 2);
    await go(attacker, "/oauth/logout");
    const attackers = await findLogoutSecret(deps(), attacker.cookie("mgs.sso"));
    for (const xsrf of ["", "x".repeat(48), attackers ?? "none"]) {
      const body = new URLSearchParams({ xsrf, logout: "yes" });
      const answer = await browser.request(`${stage.op.issuer}/oauth/logout/confirm`, { method: "POST", body });
      expect(answer.headers.get("location"), xsrf).toMatch(/^\/logout\?client=1&error=/);
      expect(await ssoOf(browser), xsrf).toMatchObject({ userId: 1 });
    }
  });

  test("an ID token of another person does not sign this one out unasked", async () => {
    const other = await signIn(new TestBrowser(), 2);
    const browser = new TestBrowser();
    await signIn(browser, 1);
    const answer = await go(browser, `/oauth/logout?id_token_hint=${other.tokens.id_token}`);
    expect(answer.headers.get("location")).toMatch(/^\/(logout\?client=1|login\/erreur)/);
    expect(await ssoOf(browser)).toMatchObject({ userId: 1 });
  });
});
