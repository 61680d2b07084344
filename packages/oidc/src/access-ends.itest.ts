import { holderOf } from "@mgs/core/access-proof";
import { systemClock } from "@mgs/core/clock";
import { revokeClient } from "@mgs/identity/clients/revoke-client";
import { rotateSecret } from "@mgs/identity/clients/rotate-secret";
import { endAllSessions } from "@mgs/identity/sessions/end-all-sessions";
import { endSession } from "@mgs/identity/sessions/end-session";
import * as client from "openid-client";
import { describe, expect, test } from "vitest";
import { authenticateToken } from "./authenticate-token";
import { oidcHooks } from "./identity-hooks";
import { findSsoSession } from "./sso-session";
import { TestBrowser } from "./testing/browser";
import { insertTestClient, silentEnqueuer, TEST_SECRET } from "./testing/provider-server";
import { buildAuthorization } from "./testing/relying-party";
import { useProviderStage } from "./testing/use-provider-stage";

const stage = useProviderStage();
const { deps, discover, signIn } = stage;

describe("the end of a session", () => {
  test("holds at once for tokens, refresh and the provider's own session", async () => {
    const browser = new TestBrowser();
    const { config, tokens } = await signIn(browser, 1);
    const cookie = browser.cookie("mgs.sso");
    expect(await findSsoSession(deps(), cookie)).toMatchObject({ userId: 1 });
    const userSessionId = String(tokens.claims()?.user_session_id);
    await stage.db.database.userSession.update({ where: { id: userSessionId }, data: { endedAt: new Date() } });
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
      { database: stage.db.database, enqueuer: silentEnqueuer, clock: systemClock, identityHooks: [oidcHooks] },
      { kind: "system", name: "test" },
      { userSessionId, reason: "logout" },
    );
    expect(ended).toEqual({ ended: true });
    const { oidcSessionUid } = await stage.db.database.userSession.findUniqueOrThrow({ where: { id: userSessionId } });
    expect(await stage.db.database.oidcPayload.count({ where: { sessionUid: oidcSessionUid } })).toBe(0);
    await expect(authenticateToken(deps(), b.tokens.access_token)).resolves.toBeDefined();
    expect(await stage.db.database.outbox.count({ where: { kind: "session.ended" } })).toBe(1);
  });

  test("a disabled person is out at once", async () => {
    const { tokens } = await signIn(new TestBrowser(), 2);
    await stage.db.database.user.update({ where: { id: 2 }, data: { disabledAt: new Date() } });
    await expect(authenticateToken(deps(), tokens.access_token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await stage.db.database.user.update({ where: { id: 2 }, data: { disabledAt: null } });
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
    await browser.request(await stage.op.answerInteraction(browser, form, 1));
    const first = await findSsoSession(deps(), browser.cookie("mgs.sso"));
    expect(first?.userId).toBe(1);

    const resume = await stage.op.answerInteraction(browser, otherForm, 2);
    const handover = await (await browser.request(resume)).text();
    const xsrf = /name="xsrf" value="([\w-]+)"/.exec(handover)?.[1] ?? "";
    const left = await browser.request(`${stage.op.issuer}/oauth/logout/confirm`, {
      method: "POST",
      body: new URLSearchParams({ xsrf, logout: "yes" }),
    });
    expect(await findSsoSession(deps(), browser.cookie("mgs.sso"))).toBeNull();
    const arrived = await browser.request(left.headers.get("location") ?? "");
    expect(arrived.headers.get("location")).toContain("code=");
    expect((await findSsoSession(deps(), browser.cookie("mgs.sso")))?.userId).toBe(2);
    const ended = await stage.db.database.userSession.findUniqueOrThrow({ where: { id: first?.id ?? "" } });
    expect(ended.endReason).toBe("logout");
  });
});

describe("what an administrator changes holds at once", () => {
  const system = { kind: "system", name: "test" } as const;
  const adminDeps = () => ({
    database: stage.db.database,
    enqueuer: silentEnqueuer,
    clock: systemClock,
    identityHooks: [oidcHooks],
  });
  const machineGrant = (id: string, secret: string) =>
    fetch(`${stage.op.issuer}/oauth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
  const refused = (token: string) =>
    expect(authenticateToken(deps(), token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });

  test("a rotated secret works, the old one does not; a revoked client and its token are refused", async () => {
    await insertTestClient(stage.db.database, "erp", { machine: true, firstParty: false, redirectUris: [] });
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
    await insertTestClient(stage.db.database, "agenda", { firstParty: false, scopes: ["openid"] });
    const browser = new TestBrowser();
    const portal = await signIn(browser, 2);
    const agenda = await signIn(browser, 2, "agenda", "openid");
    await revokeClient(adminDeps(), system, "agenda");
    await refused(agenda.tokens.access_token);
    const closed = await stage.db.database.outbox.findMany({ where: { kind: "sockets.closed" } });
    expect(closed.map(({ payload }) => payload)).toContainEqual({ holders: [holderOf.client("agenda")] });
    await expect(client.refreshTokenGrant(agenda.config, agenda.tokens.refresh_token ?? "")).rejects.toThrow();
    expect(await authenticateToken(deps(), portal.tokens.access_token)).toMatchObject({ userId: 2 });
  });

  test("all of a person's sign-ins end with their tokens, and the clients are told", async () => {
    await stage.db.database.client.update({
      where: { id: "portal" },
      data: { backchannelLogoutUri: "http://localhost:9/x" },
    });
    const [first, second] = [await signIn(new TestBrowser(), 1), await signIn(new TestBrowser(), 1)];
    await stage.db.database.outbox.deleteMany();
    const { ended } = await endAllSessions(adminDeps(), system, { userId: 1, reason: "administrator" });
    expect(ended).toBeGreaterThanOrEqual(2);
    for (const { config, tokens } of [first, second]) {
      await refused(tokens.access_token);
      await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? "")).rejects.toThrow();
    }
    const kinds = (await stage.db.database.outbox.findMany()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "session.ended")).toHaveLength(ended);
    expect(kinds.filter((kind) => kind === "oidc.backchannel-logout").length).toBeGreaterThanOrEqual(2);
    expect(await endAllSessions(adminDeps(), system, { userId: 1, reason: "administrator" })).toEqual({ ended: 0 });
  });
});
