import * as client from "openid-client";
import { describe, expect, test, vi } from "vitest";
import { authenticateToken } from "./authenticate-token";
import { finishLogin, openLogin } from "./login";
import { findSsoSession } from "./sso-session";
import { TestBrowser } from "./testing/browser";
import { insertTestClient, REDIRECT_URI } from "./testing/provider-server";
import { buildAuthorization } from "./testing/relying-party";
import { useProviderStage } from "./testing/use-provider-stage";

const stage = useProviderStage();
const { deps, discover, signIn } = stage;

describe("sign-in", () => {
  test("asks once; a second client comes back without a form, on the same device", async () => {
    const browser = new TestBrowser();
    const first = await signIn(browser, 1);
    const second = await signIn(browser, 1, "portal-2");
    expect(first.forms).toBe(1);
    expect(second.forms).toBe(0);
    expect(first.tokens.claims()).toMatchObject({ sub: "1", email: "u1@mgs.mg", role: "direction" });
    expect(first.tokens.claims()?.user_session_id).toBe(second.tokens.claims()?.user_session_id);
    expect(first.tokens.claims()?.iss).toBe(stage.op.issuer);
  });

  test("by a password that is another one by now leads nowhere, also past the form", async () => {
    const browser = new TestBrowser();
    const { url } = await buildAuthorization(await discover());
    const asked = await browser.request(url);
    const { pathname } = new URL(asked.headers.get("location") ?? "", stage.op.issuer);
    const uid = pathname.split("/").pop() ?? "";
    const input = { uid, cookies: browser.cookies(pathname) };
    const open = await openLogin({ database: stage.db.database, provider: stage.op.provider }, input);
    const proven = { userId: 1, passwordHash: "the one before", userAgent: null, ip: null };
    const sessions = await stage.db.database.userSession.count();
    await expect(finishLogin(stage.db.database, open, proven)).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
    await vi.waitFor(async () => expect((await stage.op.provider.Interaction.find(uid))?.result).toBeDefined(), 10_000);
    const resumed = await browser.request(`${stage.op.issuer}/oauth/authorize/${uid}`);
    expect(resumed.headers.get("location") ?? "").not.toContain("code=");
    expect(await findSsoSession(deps(), browser.cookie("mgs.sso"))).toBeNull();
    expect(await stage.db.database.userSession.count()).toBe(sessions);
  });

  test("five tabs that authorize at once all arrive, with tokens that all live on", async () => {
    const browser = new TestBrowser();
    await signIn(browser, 1);
    const tabs = await Promise.all(Array.from({ length: 5 }, () => signIn(browser, 1)));
    for (const { config, tokens, forms } of tabs) {
      expect(forms).toBe(0);
      await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? "")).resolves.toBeDefined();
      await expect(authenticateToken(deps(), tokens.access_token)).resolves.toMatchObject({ userId: 1 });
    }
  });

  test("sessions that were saved by another tab meanwhile are merged, not overwritten", async () => {
    const ids = Array.from({ length: 6 }, (_, index) => `tab-client-${index}`);
    for (const id of ids) await insertTestClient(stage.db.database, id);
    const browser = new TestBrowser();
    await signIn(browser, 1);
    const tabs = await Promise.all(ids.map((id) => signIn(browser, 1, id)));
    expect(tabs.map(({ forms }) => forms)).toEqual(ids.map(() => 0));
    const cookie = browser.cookie("mgs.sso") ?? "";
    const session = await stage.op.provider.Session.find(cookie);
    expect(Object.keys(session?.authorizations ?? {}).sort()).toEqual(["portal", ...ids].sort());
  });

  test("two clients at once keep both their tokens", async () => {
    const browser = new TestBrowser();
    await signIn(browser, 1);
    const both = await Promise.all([signIn(browser, 1, "portal"), signIn(browser, 1, "portal-2")]);
    for (const { config, tokens } of both) {
      await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? "")).resolves.toBeDefined();
    }
  });

  test("two people on two devices have two sessions", async () => {
    const [a, b] = [await signIn(new TestBrowser(), 1), await signIn(new TestBrowser(), 2)];
    expect(a.tokens.claims()?.user_session_id).not.toBe(b.tokens.claims()?.user_session_id);
  });

  test("a third-party client needs consent once", async () => {
    const browser = new TestBrowser();
    expect((await signIn(browser, 1, "third", "openid profile")).forms).toBe(2);
    expect((await signIn(browser, 1, "third", "openid profile")).forms).toBe(0);
  });

  test("userinfo answers the token's person", async () => {
    const { config, tokens } = await signIn(new TestBrowser(), 2);
    await expect(client.fetchUserInfo(config, tokens.access_token, "2")).resolves.toMatchObject({ name: "U 2" });
  });
});

describe("bad requests", () => {
  test.each([
    ["unknown client", { client_id: "nobody" }],
    ["foreign redirect", { redirect_uri: "http://evil.example/" }],
    ["redirect with an appended path", { redirect_uri: `${REDIRECT_URI}/more` }],
    ["NUL in the client id", { client_id: "a\u0000b" }],
  ])("%s is shown to the person, never redirected away", async (_name, overrides) => {
    const query = new URLSearchParams({
      client_id: "portal",
      response_type: "code",
      redirect_uri: REDIRECT_URI,
      scope: "openid",
      ...overrides,
    });
    const response = await fetch(`${stage.op.issuer}/oauth/authorize?${query}`, {
      redirect: "manual",
      headers: { accept: "text/html" },
    });
    expect(response.headers.get("location") ?? "").toMatch(/^\/login\/erreur\?/);
  });

  test("a code flow without PKCE is refused", async () => {
    const query = new URLSearchParams({
      client_id: "portal",
      response_type: "code",
      redirect_uri: REDIRECT_URI,
      scope: "openid",
    });
    const response = await fetch(`${stage.op.issuer}/oauth/authorize?${query}`, { redirect: "manual" });
    expect(response.headers.get("location")).toContain("error=invalid_request");
  });

  test("a wrong client secret is a 401", async () => {
    const response = await fetch(`${stage.op.issuer}/oauth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from("robot:wrong").toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    expect(response.status).toBe(401);
  });
});
