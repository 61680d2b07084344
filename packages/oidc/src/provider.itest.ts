import { holderOf } from "@mgs/core/access-proof";
import { systemClock } from "@mgs/core/clock";
import { SCOPES } from "@mgs/core/scopes";
import { revokeClient } from "@mgs/identity/clients/revoke-client";
import { rotateSecret } from "@mgs/identity/clients/rotate-secret";
import { endAllSessions } from "@mgs/identity/sessions/end-all-sessions";
import { endSession } from "@mgs/identity/sessions/end-session";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { authenticateToken } from "./authenticate-token";
import { oidcHooks } from "./identity-hooks";
import { finishLogin, openLogin } from "./login";
import { findSsoSession } from "./sso-session";
import { TestBrowser } from "./testing/browser";
import { insertTestClient, REDIRECT_URI, silentEnqueuer, TEST_SECRET } from "./testing/provider-server";
import {
  buildAuthorization,
  createProviderStage,
  discoverClient,
  type ProviderStage,
  signIn as walkSignIn,
} from "./testing/relying-party";

let stage: ProviderStage;
let db: ProviderStage["db"];
let op: ProviderStage["op"];

beforeAll(async () => {
  stage = await createProviderStage();
  ({ db, op } = stage);
  await insertTestClient(db.database, "portal");
  await insertTestClient(db.database, "third", { firstParty: false, scopes: ["openid", "profile"] });
  await insertTestClient(db.database, "robot", { machine: true, redirectUris: [], scopes: ["notifications:send"] });
});
afterAll(() => stage?.close());

const discover = (clientId = "portal") => discoverClient(op, clientId);

const signIn = (browser: TestBrowser, userId: number, clientId = "portal", scope?: string) =>
  walkSignIn(op, browser, { userId, clientId, ...(scope === undefined ? {} : { scope }) });

const deps = () => ({ database: db.database, sealer: op.sealer });

describe("sign-in", () => {
  test("asks once; a second client comes back without a form, on the same device", async () => {
    await insertTestClient(db.database, "portal-2");
    const browser = new TestBrowser();
    const first = await signIn(browser, 1);
    const second = await signIn(browser, 1, "portal-2");
    expect(first.forms).toBe(1);
    expect(second.forms).toBe(0);
    expect(first.tokens.claims()).toMatchObject({ sub: "1", email: "u1@mgs.mg", role: "direction" });
    expect(first.tokens.claims()?.user_session_id).toBe(second.tokens.claims()?.user_session_id);
    expect(first.tokens.claims()?.iss).toBe(op.issuer);
  });

  test("by a password that is another one by now leads nowhere, also past the form", async () => {
    const browser = new TestBrowser();
    const { url } = await buildAuthorization(await discover());
    const asked = await browser.request(url);
    const { pathname } = new URL(asked.headers.get("location") ?? "", op.issuer);
    const uid = pathname.split("/").pop() ?? "";
    const input = { uid, cookies: browser.cookies(pathname) };
    const open = await openLogin({ database: db.database, provider: op.provider }, input);
    const proven = { userId: 1, passwordHash: "the one before", userAgent: null, ip: null };
    const sessions = await db.database.userSession.count();
    await expect(finishLogin(db.database, open, proven)).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
    await vi.waitFor(async () => expect((await op.provider.Interaction.find(uid))?.result).toBeDefined(), 10_000);
    const resumed = await browser.request(`${op.issuer}/oauth/authorize/${uid}`);
    expect(resumed.headers.get("location") ?? "").not.toContain("code=");
    expect(await findSsoSession(deps(), browser.cookie("mgs.sso"))).toBeNull();
    expect(await db.database.userSession.count()).toBe(sessions);
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
    for (const id of ids) await insertTestClient(db.database, id);
    const browser = new TestBrowser();
    await signIn(browser, 1);
    const tabs = await Promise.all(ids.map((id) => signIn(browser, 1, id)));
    expect(tabs.map(({ forms }) => forms)).toEqual(ids.map(() => 0));
    const cookie = browser.cookie("mgs.sso") ?? "";
    const session = await op.provider.Session.find(cookie);
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

describe("tokens", () => {
  test("parallel refreshes of one token get one answer", async () => {
    const { config, tokens } = await signIn(new TestBrowser(), 1);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => client.refreshTokenGrant(config, tokens.refresh_token ?? "")),
    );
    expect(new Set(answers.map((answer) => answer.refresh_token)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.access_token)).size).toBe(1);
  });

  test("of ten requests with one code at once, one gets tokens", async () => {
    const config = await discover();
    const browser = new TestBrowser();
    await signIn(browser, 1);
    const { url, checks } = await buildAuthorization(config);
    const callback = new URL((await browser.request(url)).headers.get("location") ?? "");
    const before = await db.database.oidcPayload.count({ where: { model: "AccessToken" } });
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => client.authorizationCodeGrant(config, callback, checks)),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === "rejected") expect(answer.reason).toMatchObject({ error: "invalid_grant" });
    expect(await db.database.oidcPayload.count({ where: { model: "AccessToken" } })).toBeLessThanOrEqual(before + 1);
  });

  test("without a scope a client asks for what it was registered with; a portal always does", async () => {
    const third = await signIn(new TestBrowser(), 1, "third", "");
    expect(await authenticateToken(deps(), third.tokens.access_token)).toMatchObject({ scopes: ["openid", "profile"] });
    const portal = await signIn(new TestBrowser(), 1, "portal", "openid");
    const actor = await authenticateToken(deps(), portal.tokens.access_token);
    expect(actor).toMatchObject({ scopes: expect.arrayContaining([...SCOPES]) });
    const narrow = await signIn(new TestBrowser(), 1, "third", "openid");
    expect(await authenticateToken(deps(), narrow.tokens.access_token)).toMatchObject({ scopes: ["openid"] });
  });

  test("a reuse after the window revokes the family", async () => {
    const { config, tokens } = await signIn(new TestBrowser(), 1);
    await db.database.outbox.deleteMany({ where: { kind: "sockets.closed" } });
    const rotated = await client.refreshTokenGrant(config, tokens.refresh_token ?? "");
    await db.database.oidcPayload.updateMany({
      where: { model: "RefreshToken", consumedAt: { not: null } },
      data: { consumedAt: new Date(Date.now() - 60_000) },
    });
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? "")).rejects.toMatchObject({
      error: "invalid_grant",
    });
    await expect(client.refreshTokenGrant(config, rotated.refresh_token ?? "")).rejects.toMatchObject({
      error: "invalid_grant",
    });
    await expect(authenticateToken(deps(), rotated.access_token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    const closed = await db.database.outbox.findMany({ where: { kind: "sockets.closed" } });
    expect(closed.map(({ payload }) => payload)).toEqual([{ holders: [expect.stringMatching(/^grant-/)] }]);
  });

  test("the replayed answer is for the same client alone", async () => {
    const { tokens } = await signIn(new TestBrowser(), 1);
    const mine = await discover();
    await client.refreshTokenGrant(mine, tokens.refresh_token ?? "");
    const other = await discover("portal-2");
    await expect(client.refreshTokenGrant(other, tokens.refresh_token ?? "")).rejects.toMatchObject({
      error: "invalid_grant",
    });
  });

  test("revocation and introspection", async () => {
    const { config, tokens } = await signIn(new TestBrowser(), 1);
    await expect(client.tokenIntrospection(config, tokens.access_token)).resolves.toMatchObject({
      active: true,
      sub: "1",
    });
    await client.tokenRevocation(config, tokens.access_token);
    await expect(client.tokenIntrospection(config, tokens.access_token)).resolves.toEqual({ active: false });
    await expect(authenticateToken(deps(), tokens.access_token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("client credentials carry the registered scope, asked for or not", async () => {
    const config = await discover("robot");
    for (const parameters of [{}, { scope: "notifications:send" }]) {
      const tokens = await client.clientCredentialsGrant(config, parameters as Record<string, string>);
      expect(tokens.scope).toBe("notifications:send");
      await expect(authenticateToken(deps(), tokens.access_token)).resolves.toEqual({
        kind: "client",
        clientId: "robot",
        scopes: ["notifications:send"],
      });
    }
  });

  test("secrets are not stored in the clear", async () => {
    const { tokens } = await signIn(new TestBrowser(), 1);
    const rows = await db.database.$queryRaw<
      { all: string }[]
    >`SELECT string_agg(p::text, '') AS all FROM oidc_payloads p`;
    expect(rows[0]?.all).not.toContain(tokens.access_token);
    expect(rows[0]?.all).not.toContain(tokens.refresh_token);
  });
});

describe("the end of a session", () => {
  test("holds at once for tokens, refresh and the provider's own session", async () => {
    const browser = new TestBrowser();
    const { config, tokens } = await signIn(browser, 1);
    const cookie = browser.cookie("mgs.sso");
    expect(await findSsoSession(deps(), cookie)).toMatchObject({ userId: 1 });
    const userSessionId = String(tokens.claims()?.user_session_id);
    await db.database.userSession.update({ where: { id: userSessionId }, data: { endedAt: new Date() } });
    expect(await findSsoSession(deps(), cookie)).toBeNull();
    await expect(authenticateToken(deps(), tokens.access_token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? "")).rejects.toMatchObject({
      error: "invalid_grant",
    });
    expect((await signIn(browser, 1)).forms).toBe(1);
  });

  test("deletes what depends on it and leaves the other devices alone", async () => {
    const [mine, other] = [new TestBrowser(), new TestBrowser()];
    const [a, b] = [await signIn(mine, 1), await signIn(other, 1)];
    const userSessionId = String(a.tokens.claims()?.user_session_id);
    const ended = await endSession(
      { database: db.database, enqueuer: silentEnqueuer, clock: systemClock, identityHooks: [oidcHooks] },
      { kind: "system", name: "test" },
      { userSessionId, reason: "logout" },
    );
    expect(ended).toEqual({ ended: true });
    const { oidcSessionUid } = await db.database.userSession.findUniqueOrThrow({ where: { id: userSessionId } });
    expect(await db.database.oidcPayload.count({ where: { sessionUid: oidcSessionUid } })).toBe(0);
    await expect(authenticateToken(deps(), b.tokens.access_token)).resolves.toBeDefined();
    expect(await db.database.outbox.count({ where: { kind: "session.ended" } })).toBe(1);
  });

  test("a disabled person is out at once", async () => {
    const { tokens } = await signIn(new TestBrowser(), 2);
    await db.database.user.update({ where: { id: 2 }, data: { disabledAt: new Date() } });
    await expect(authenticateToken(deps(), tokens.access_token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await db.database.user.update({ where: { id: 2 }, data: { disabledAt: null } });
  });

  test("another person's sign-in form over a live session replaces it", async () => {
    const browser = new TestBrowser();
    // Both forms were opened before the first sign-in.
    const config = await discover();
    const open = async () => {
      const { url } = await buildAuthorization(config);
      return (await browser.request(url)).headers.get("location") ?? "";
    };
    const [form, otherForm] = [await open(), await open()];
    await browser.request(await op.answerInteraction(browser, form, 1));
    const first = await findSsoSession(deps(), browser.cookie("mgs.sso"));
    expect(first?.userId).toBe(1);

    const resume = await op.answerInteraction(browser, otherForm, 2);
    const handover = await (await browser.request(resume)).text();
    const xsrf = /name="xsrf" value="([\w-]+)"/.exec(handover)?.[1] ?? "";
    const left = await browser.request(`${op.issuer}/oauth/logout/confirm`, {
      method: "POST",
      body: new URLSearchParams({ xsrf, logout: "yes" }),
    });
    expect(await findSsoSession(deps(), browser.cookie("mgs.sso"))).toBeNull();
    const arrived = await browser.request(left.headers.get("location") ?? "");
    expect(arrived.headers.get("location")).toContain("code=");
    expect((await findSsoSession(deps(), browser.cookie("mgs.sso")))?.userId).toBe(2);
    const ended = await db.database.userSession.findUniqueOrThrow({ where: { id: first?.id ?? "" } });
    expect(ended.endReason).toBe("logout");
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
    const response = await fetch(`${op.issuer}/oauth/authorize?${query}`, {
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
    const response = await fetch(`${op.issuer}/oauth/authorize?${query}`, { redirect: "manual" });
    expect(response.headers.get("location")).toContain("error=invalid_request");
  });

  test("a wrong client secret is a 401", async () => {
    const response = await fetch(`${op.issuer}/oauth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from("robot:wrong").toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    expect(response.status).toBe(401);
  });
});

describe("what an administrator changes holds at once", () => {
  const system = { kind: "system", name: "test" } as const;
  const adminDeps = () => ({
    database: db.database,
    enqueuer: silentEnqueuer,
    clock: systemClock,
    identityHooks: [oidcHooks],
  });
  const machineGrant = (id: string, secret: string) =>
    fetch(`${op.issuer}/oauth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
  const refused = (token: string) =>
    expect(authenticateToken(deps(), token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });

  test("a rotated secret works, the old one does not; a revoked client and its token are refused", async () => {
    await insertTestClient(db.database, "erp", { machine: true, firstParty: false, redirectUris: [] });
    const { access_token: token } = await (await machineGrant("erp", TEST_SECRET)).json();
    const { client_secret: secret } = await rotateSecret(adminDeps(), system, "erp");
    expect((await machineGrant("erp", TEST_SECRET)).status).toBe(401);
    expect((await machineGrant("erp", secret)).status).toBe(200);
    expect(await authenticateToken(deps(), token)).toMatchObject({ clientId: "erp" });
    expect(await revokeClient(adminDeps(), system, "erp")).toEqual({ changed: true });
    expect((await machineGrant("erp", secret)).status).toBe(401);
    await refused(token);
    await expect(rotateSecret(adminDeps(), system, "erp")).rejects.toMatchObject({ code: "CLIENT_NOT_FOUND" });
  });

  test("people's tokens of a revoked client end, those of other clients stay", async () => {
    await insertTestClient(db.database, "agenda", { firstParty: false, scopes: ["openid"] });
    const browser = new TestBrowser();
    const portal = await signIn(browser, 2);
    const agenda = await signIn(browser, 2, "agenda", "openid");
    await revokeClient(adminDeps(), system, "agenda");
    await refused(agenda.tokens.access_token);
    const closed = await db.database.outbox.findMany({ where: { kind: "sockets.closed" } });
    expect(closed.map(({ payload }) => payload)).toContainEqual({ holders: [holderOf.client("agenda")] });
    await expect(client.refreshTokenGrant(agenda.config, agenda.tokens.refresh_token ?? "")).rejects.toThrow();
    expect(await authenticateToken(deps(), portal.tokens.access_token)).toMatchObject({ userId: 2 });
  });

  test("all of a person's sign-ins end with their tokens, and the clients are told", async () => {
    await db.database.client.update({
      where: { id: "portal" },
      data: { backchannelLogoutUri: "http://localhost:9/x" },
    });
    const [first, second] = [await signIn(new TestBrowser(), 1), await signIn(new TestBrowser(), 1)];
    await db.database.outbox.deleteMany();
    const { ended } = await endAllSessions(adminDeps(), system, { userId: 1, reason: "revoked" });
    expect(ended).toBeGreaterThanOrEqual(2);
    for (const { config, tokens } of [first, second]) {
      await refused(tokens.access_token);
      await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? "")).rejects.toThrow();
    }
    const kinds = (await db.database.outbox.findMany()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "session.ended")).toHaveLength(ended);
    expect(kinds.filter((kind) => kind === "oidc.backchannel-logout").length).toBeGreaterThanOrEqual(2);
    expect(await endAllSessions(adminDeps(), system, { userId: 1, reason: "revoked" })).toEqual({ ended: 0 });
  });
});
