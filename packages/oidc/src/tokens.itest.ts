import { SCOPES } from "@mgs/core/scopes";
import * as client from "openid-client";
import { describe, expect, test } from "vitest";
import { authenticateToken } from "./authenticate-token";
import { TestBrowser } from "./testing/browser";
import { buildAuthorization } from "./testing/relying-party";
import { useProviderStage } from "./testing/use-provider-stage";

const stage = useProviderStage();
const { deps, discover, signIn } = stage;

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
    const before = await stage.db.database.oidcPayload.count({ where: { model: "AccessToken" } });
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => client.authorizationCodeGrant(config, callback, checks)),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === "rejected") expect(answer.reason).toMatchObject({ error: "invalid_grant" });
    expect(await stage.db.database.oidcPayload.count({ where: { model: "AccessToken" } })).toBeLessThanOrEqual(
      before + 1,
    );
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

  test("a reuse after the window revokes the family and ends the sign-in, and its person hears of it", async () => {
    const { config, tokens } = await signIn(new TestBrowser(), 1);
    await stage.db.database.outbox.deleteMany({ where: { kind: "sockets.closed" } });
    const rotated = await client.refreshTokenGrant(config, tokens.refresh_token ?? "");
    await stage.db.database.oidcPayload.updateMany({
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
    const closed = await stage.db.database.outbox.findMany({ where: { kind: "sockets.closed" } });
    expect(closed.map(({ payload }) => payload)).toEqual([{ holders: [expect.stringMatching(/^grant-/)] }]);
    const id = String(tokens.claims()?.user_session_id);
    const session = await stage.db.database.userSession.findUniqueOrThrow({ where: { id } });
    expect(session).toMatchObject({ endReason: "token-reuse", endedAt: expect.any(Date) });
    const notices = await stage.db.database.outbox.findMany({ where: { kind: "identity.security-notice" } });
    expect(notices.map(({ payload }) => payload)).toEqual([
      expect.objectContaining({ user_id: 1, notice: "token-reuse" }),
    ]);
  });

  test("the replayed answer is for the same client alone", async () => {
    const { tokens } = await signIn(new TestBrowser(), 1);
    const mine = await discover();
    await client.refreshTokenGrant(mine, tokens.refresh_token ?? "");
    const other = await discover("portal-2");
    const refresh = () => client.refreshTokenGrant(other, tokens.refresh_token ?? "");
    await expect(refresh()).rejects.toMatchObject({ error: "invalid_grant" });
    // Another client cannot end the sign-in by a token that it has found.
    await stage.db.database.oidcPayload.updateMany({
      where: { model: "RefreshToken", consumedAt: { not: null } },
      data: { consumedAt: new Date(Date.now() - 60_000) },
    });
    await expect(refresh()).rejects.toMatchObject({ error: "invalid_grant" });
    const id = String(tokens.claims()?.user_session_id);
    const session = await stage.db.database.userSession.findUniqueOrThrow({ where: { id } });
    expect(session.endedAt).toBeNull();
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
    const rows = await stage.db.database.$queryRaw<
      { all: string }[]
    >`SELECT string_agg(p::text, '') AS all FROM oidc_payloads p`;
    expect(rows[0]?.all).not.toContain(tokens.access_token);
    expect(rows[0]?.all).not.toContain(tokens.refresh_token);
  });
});
