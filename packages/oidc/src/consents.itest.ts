import { holderOf } from "@mgs/core/access-proof";
import type { UserActor } from "@mgs/core/actor";
import { systemClock } from "@mgs/core/clock";
import { uuidv7 } from "@mgs/core/ids";
import { SCOPES } from "@mgs/core/scopes";
import { revokeClient } from "@mgs/identity/clients/revoke-client";
import { giveConsent } from "@mgs/identity/consents/give-consent";
import { listConsents } from "@mgs/identity/consents/list-consents";
import { withdrawConsent } from "@mgs/identity/consents/withdraw-consent";
import { endAllSessions } from "@mgs/identity/sessions/end-all-sessions";
import * as client from "openid-client";
import { beforeEach, describe, expect, test } from "vitest";
import { authenticateToken } from "./authenticate-token";
import { refuseConsent } from "./consent";
import { oidcHooks } from "./identity-hooks";
import { viewInteraction } from "./interaction";
import { findSsoSession } from "./sso-session";
import { TestBrowser } from "./testing/browser";
import { insertTestClient, silentEnqueuer } from "./testing/provider-server";
import { exchange } from "./testing/raw-requests";
import { buildAuthorization, type SignedIn } from "./testing/relying-party";
import { useProviderStage } from "./testing/use-provider-stage";

/** What a person allows an application that is no portal: remembered beyond the sign-in, and taken back at once. */

const stage = useProviderStage();
const { deps, discover, signIn } = stage;
const SYSTEM = { kind: "system", name: "test" } as const;
const acts = () => ({
  database: stage.db.database,
  enqueuer: silentEnqueuer,
  clock: systemClock,
  identityHooks: [oidcHooks],
});
const actor = (userId: number, clientId = "commercial"): UserActor => ({
  ...{ kind: "user", userId, role: "direction", locale: "fr", scopes: [...SCOPES], clientId },
  userSessionId: "019ab000-0000-7000-8000-000000000001",
});
const withdraw = (userId = 1, clientId = "third", by: UserActor | typeof SYSTEM = actor(userId)) =>
  withdrawConsent(acts(), by, { userId, clientId });
const outbox = (kind: string) => stage.db.database.outbox.findMany({ where: { kind }, orderBy: { id: "asc" } });

/** The trail is append-only: a test reads what came after its own beginning. */
let since = uuidv7();
const trail = (action: string) =>
  stage.db.database.auditEvent.findMany({ where: { action, id: { gt: since } }, orderBy: { id: "asc" } });

beforeEach(async () => {
  await stage.db.database.consent.deleteMany();
  await stage.db.database.outbox.deleteMany();
  since = uuidv7();
});

async function expectDead({ config, tokens }: SignedIn): Promise<void> {
  await expect(authenticateToken(deps(), tokens.access_token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? "")).rejects.toMatchObject({
    error: "invalid_grant",
  });
}

describe("a consent", () => {
  test("is remembered: the next sign-in, also on another device, is asked for the password alone", async () => {
    const browser = new TestBrowser();
    expect((await signIn(browser, 1, "third", "openid profile")).forms).toBe(2);
    await endAllSessions(acts(), SYSTEM, { userId: 1, reason: "administrator" });
    const again = await signIn(browser, 1, "third", "openid profile");
    expect(again.forms).toBe(1);
    expect((await signIn(new TestBrowser(), 1, "third", "openid")).forms).toBe(1);
    expect(again.tokens.scope?.split(" ").sort()).toEqual(["openid", "profile"]);
    expect((await signIn(new TestBrowser(), 2, "third", "openid profile")).forms).toBe(2);
    await expect(client.refreshTokenGrant(again.config, again.tokens.refresh_token ?? "")).resolves.toBeDefined();
    const given = await trail("consent.given");
    expect(given.map(({ userId, subject }) => [userId, subject]).sort()).toEqual([
      [1, "third"],
      [2, "third"],
    ]);
  });

  test("to some scopes: more of them ask for the difference, and both are remembered", async () => {
    await signIn(new TestBrowser(), 1, "third", "openid");
    const browser = new TestBrowser();
    await signIn(browser, 1);
    const { url } = await buildAuthorization(await discover("third"), { scope: "openid profile" });
    const page = (await browser.request(url)).headers.get("location") ?? "";
    const { pathname } = new URL(page, stage.op.issuer);
    const uid = pathname.split("/").pop() ?? "";
    const view = await viewInteraction(stage.op.provider, { uid, cookies: browser.cookies(pathname) });
    expect(view).toMatchObject({ prompt: "consent", scopes: ["profile"], allowed: ["openid"] });
    expect((await signIn(browser, 1, "third", "openid profile")).forms).toBe(1);
    expect((await signIn(new TestBrowser(), 1, "third", "openid profile")).forms).toBe(1);
    const [listed] = await listConsents(acts(), actor(1), { userId: 1 });
    expect(listed?.scopes.sort()).toEqual(["openid", "profile"]);
  });

  test("is asked for once more where the client insists, and with prompt=none it is an error, not a page", async () => {
    const browser = new TestBrowser();
    await signIn(browser, 1);
    const none = await buildAuthorization(await discover("third"), { scope: "openid", prompt: "none" });
    const refused = new URL((await browser.request(none.url)).headers.get("location") ?? "");
    expect(refused.searchParams.get("error")).toBe("consent_required");
    await signIn(browser, 1, "third", "openid");
    const asked = await buildAuthorization(await discover("third"), { scope: "openid", prompt: "consent" });
    expect((await browser.request(asked.url)).headers.get("location")).toMatch(/^\/interaction\//);
  });

  test("that was refused is not remembered as a yes", async () => {
    const browser = new TestBrowser();
    await signIn(browser, 1);
    const { url } = await buildAuthorization(await discover("third"), { scope: "openid" });
    const page = (await browser.request(url)).headers.get("location") ?? "";
    const { pathname } = new URL(page, stage.op.issuer);
    const input = { uid: pathname.split("/").pop() ?? "", cookies: browser.cookies(pathname) };
    const back = await browser.request(await refuseConsent(stage.op.provider, input));
    expect(back.headers.get("location")).toContain("error=access_denied");
    expect(await listConsents(acts(), actor(1), { userId: 1 })).toEqual([]);
    expect((await signIn(browser, 1, "third", "openid")).forms).toBe(1);
  });

  test("given twice at one time is one consent and one entry of the trail", async () => {
    const give = () => giveConsent(acts(), { userId: 1, clientId: "third", scopes: ["openid"] });
    await Promise.all([give(), give(), give()]);
    expect(await trail("consent.given")).toHaveLength(1);
    expect(await listConsents(acts(), actor(1), { userId: 1 })).toMatchObject([{ scopes: ["openid"] }]);
  });
});

describe("a consent that is withdrawn", () => {
  test("ends access and refresh tokens on every device at once, and leaves the sign-ins and other clients alone", async () => {
    const [one, two] = [new TestBrowser(), new TestBrowser()];
    const first = await signIn(one, 1, "third", "openid profile");
    const second = await signIn(two, 1, "third", "openid");
    const portal = await signIn(one, 1);
    const colleague = await signIn(new TestBrowser(), 2, "third", "openid");
    expect(await withdraw()).toEqual({ client_name: "third" });
    await expectDead(first);
    await expectDead(second);
    for (const { tokens } of [portal, colleague])
      await expect(authenticateToken(deps(), tokens.access_token)).resolves.toBeDefined();
    expect(await findSsoSession(deps(), one.cookie("mgs.sso"))).toMatchObject({ userId: 1 });
    expect(await listConsents(acts(), actor(1), { userId: 1 })).toEqual([]);
    expect(await trail("consent.withdrawn")).toMatchObject([{ actor: "user:1", subject: "third", userId: 1 }]);
  });

  test("is asked for again by the next authorization, in the same browser as well, and works anew", async () => {
    const browser = new TestBrowser();
    await signIn(browser, 1, "third", "openid profile");
    await withdraw();
    const again = await signIn(browser, 1, "third", "openid");
    expect(again.forms).toBe(1);
    expect(again.tokens.scope).toBe("openid");
    // What was given before the withdrawal is not part of what is given now.
    expect((await listConsents(acts(), actor(1), { userId: 1 }))[0]?.scopes).toEqual(["openid"]);
    await expect(client.refreshTokenGrant(again.config, again.tokens.refresh_token ?? "")).resolves.toBeDefined();
    await withdraw();
    await expectDead(again);
  });

  test("ends a code that is on its way, and one that an authorization makes at this very moment", async () => {
    const browser = new TestBrowser();
    await signIn(browser, 1, "third", "openid");
    const config = await discover("third");
    const code = async () => {
      const { url, checks } = await buildAuthorization(config, { scope: "openid" });
      return { checks, callback: new URL((await browser.request(url)).headers.get("location") ?? "") };
    };
    const before = await code();
    await withdraw();
    await expect(client.authorizationCodeGrant(config, before.callback, before.checks)).rejects.toMatchObject({
      error: "invalid_grant",
    });
    // The authorization had found the consent, and writes its code after the withdrawal.
    await signIn(browser, 1, "third", "openid");
    const during = await code();
    await stage.db.database.consent.updateMany({ data: { withdrawnAt: new Date() } });
    const form = {
      code: during.callback.searchParams.get("code") ?? "",
      code_verifier: during.checks.pkceCodeVerifier,
    };
    expect(await exchange(stage.op.issuer, "third", form)).toMatchObject({ status: 400 });
  });

  test("closes the sockets of its grants, and tells the client's back channel of each of its sessions", async () => {
    await insertTestClient(stage.db.database, "told", {
      firstParty: false,
      backchannelLogoutUri: "https://told.example/logout",
    });
    const { tokens } = await signIn(new TestBrowser(), 1, "told", "openid");
    await signIn(new TestBrowser(), 1, "told", "openid");
    await signIn(new TestBrowser(), 2, "told", "openid");
    const grants = await stage.db.database.oidcPayload.findMany({
      where: { clientId: "told", model: "AccessToken" },
      select: { grantId: true },
    });
    await withdraw(1, "told");
    const [closed] = await outbox("sockets.closed");
    const payload = JSON.stringify(closed?.payload);
    expect(grants.filter(({ grantId }) => payload.includes(holderOf.grant(grantId ?? "")))).toHaveLength(2);
    const logouts = (await outbox("oidc.backchannel-logout")).map(({ payload }) => payload);
    expect(logouts).toHaveLength(2);
    expect(logouts).toContainEqual({ client_id: "told", sub: "1", sid: tokens.claims()?.sid });
    expect(await outbox("session.ended")).toEqual([]);
  });

  test("twice, or one that was never given, is not found; of two at one time one withdraws", async () => {
    await expect(withdraw()).rejects.toMatchObject({ code: "CLIENT_NOT_FOUND" });
    await signIn(new TestBrowser(), 1, "third", "openid");
    const outcomes = await Promise.allSettled([withdraw(), withdraw(), withdraw()]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(withdraw(1, "nobody")).rejects.toMatchObject({ code: "CLIENT_NOT_FOUND" });
    await expect(withdraw(1, "a\u0000b")).rejects.toMatchObject({ code: "CLIENT_NOT_FOUND" });
  });
});

describe("whose consents they are", () => {
  test("another person, and an application with the person's own token, neither sees nor withdraws them", async () => {
    await signIn(new TestBrowser(), 1, "third", "openid");
    for (const by of [actor(2), actor(1, "third"), { ...actor(2), role: "administrateur" as const }]) {
      await expect(listConsents(acts(), by, { userId: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(withdraw(1, "third", by)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await listConsents(acts(), actor(1), { userId: 1 })).toHaveLength(1);
  });

  test("an administrator at work in administration sees and withdraws them", async () => {
    await signIn(new TestBrowser(), 1, "third", "openid");
    const administrator: UserActor = { ...actor(2, "administration"), role: "administrateur" };
    expect(await listConsents(acts(), administrator, { userId: 1 })).toMatchObject([
      { client_id: "third", client_name: "third", scopes: ["openid"] },
    ]);
    await expect(withdraw(1, "third", administrator)).rejects.toMatchObject({ code: "PROOF_REQUIRED" });
    const { tokens } = await signIn(new TestBrowser(), 2);
    await withdraw(1, "third", { ...administrator, userSessionId: String(tokens.claims()?.user_session_id) });
    expect(await listConsents(acts(), administrator, { userId: 1 })).toEqual([]);
  });

  test("a role that was granted it sees and withdraws them, in administration alone", async () => {
    await signIn(new TestBrowser(), 1, "third", "openid");
    const helper: UserActor = {
      ...{ ...actor(2, "administration"), role: "assistance" },
      ...{ portals: ["administration", "commercial"], permissions: ["consents.manage"] },
    };
    for (const by of [
      { ...helper, permissions: ["accounts.read"] },
      { ...helper, clientId: "commercial" },
      { ...helper, clientId: "third" },
    ]) {
      await expect(listConsents(acts(), by, { userId: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(withdraw(1, "third", by)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await listConsents(acts(), helper, { userId: 1 })).toMatchObject([{ client_id: "third" }]);
    await expect(withdraw(1, "third", helper)).rejects.toMatchObject({ code: "PROOF_REQUIRED" });
    const { tokens } = await signIn(new TestBrowser(), 2);
    await withdraw(1, "third", { ...helper, userSessionId: String(tokens.claims()?.user_session_id) });
    expect(await listConsents(acts(), helper, { userId: 1 })).toEqual([]);
    expect(await trail("consent.withdrawn")).toMatchObject([{ userId: 1, subject: "third", actor: "user:2" }]);
  });

  test("a revoked client is listed no longer, and when a consent was last used is written behind the requests", async () => {
    await insertTestClient(stage.db.database, "leaving", { firstParty: false });
    const { config, tokens } = await signIn(new TestBrowser(), 1, "leaving", "openid");
    const old = new Date(Date.now() - 86_400_000);
    await stage.db.database.consent.updateMany({ data: { lastUsedAt: old } });
    await client.refreshTokenGrant(config, tokens.refresh_token ?? "");
    await stage.op.clientUses.flush();
    const [listed] = await listConsents(acts(), actor(1), { userId: 1 });
    expect(Date.now() - Date.parse(listed?.last_used_at ?? "")).toBeLessThan(60_000);
    await revokeClient(acts(), SYSTEM, "leaving");
    expect(await listConsents(acts(), actor(1), { userId: 1 })).toEqual([]);
  });
});
