import { systemClock } from "@mgs/core/clock";
import { disableUser, enableUser } from "@mgs/identity/users/disable-user";
import * as client from "openid-client";
import { describe, expect, test } from "vitest";
import { authenticateToken } from "../authenticate-token";
import { oidcHooks } from "../identity-hooks";
import { REFRESH_REPLAY_WINDOW_SECONDS } from "../lifetimes";
import { TestBrowser } from "../testing/browser";
import { silentEnqueuer } from "../testing/provider-server";
import { postAs } from "../testing/raw-requests";
import type { SignedIn } from "../testing/relying-party";
import { useProviderStage } from "../testing/use-provider-stage";

/** Codes and tokens in the hands of those to whom they were not given. */

const stage = useProviderStage();
const { deps, signIn } = stage;

const INVALID_GRANT = { error: "invalid_grant" };

const refresh = ({ config }: SignedIn, token: string) => client.refreshTokenGrant(config, token);

async function expectDead(signedIn: SignedIn, tokens: { access_token: string; refresh_token?: string | undefined }) {
  await expect(authenticateToken(deps(), tokens.access_token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(await client.tokenIntrospection(signedIn.config, tokens.access_token)).toEqual({ active: false });
  expect((await userinfo(tokens.access_token)).status).toBe(401);
  await expect(refresh(signedIn, tokens.refresh_token ?? "")).rejects.toMatchObject(INVALID_GRANT);
}

const userinfo = (token: string): Promise<Response> =>
  fetch(`${stage.op.issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } });

test("a code that is shown again ends the tokens that it brought, also those of a refresh since", async () => {
  const signedIn = await signIn(new TestBrowser(), 1);
  const rotated = await refresh(signedIn, signedIn.tokens.refresh_token ?? "");
  const { config, callback, checks } = signedIn;
  await expect(client.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject(INVALID_GRANT);
  await expectDead(signedIn, signedIn.tokens);
  await expectDead(signedIn, rotated);
});

test("a code that is shown again leaves the other sign-ins of the person alone", async () => {
  const [robbed, other] = [await signIn(new TestBrowser(), 1), await signIn(new TestBrowser(), 1)];
  const { config, callback, checks } = robbed;
  await expect(client.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject(INVALID_GRANT);
  await expect(authenticateToken(deps(), other.tokens.access_token)).resolves.toMatchObject({ userId: 1 });
});

test("a stolen refresh token, used after the grace time, ends its whole family, whoever was first", async () => {
  const signedIn = await signIn(new TestBrowser(), 1);
  const stolen = signedIn.tokens.refresh_token ?? "";
  const owners = await refresh(signedIn, stolen);
  const later = await refresh(signedIn, owners.refresh_token ?? "");
  await stage.db.database.oidcPayload.updateMany({
    where: { model: "RefreshToken", consumedAt: { not: null } },
    data: { consumedAt: new Date(Date.now() - 2 * REFRESH_REPLAY_WINDOW_SECONDS * 1_000) },
  });
  await stage.db.database.$executeRaw`UPDATE refresh_replays SET expires_at = now() - interval '1 second'`;
  await expect(refresh(signedIn, stolen)).rejects.toMatchObject(INVALID_GRANT);
  await expectDead(signedIn, owners);
  await expectDead(signedIn, later);
});

describe("another client's token", () => {
  test.each(["access_token", "refresh_token"] as const)(
    "%s: introspection tells nothing, revocation does nothing, and it is not refreshed",
    async (kind) => {
      const signedIn = await signIn(new TestBrowser(), 1);
      const token = signedIn.tokens[kind] ?? "";
      for (const thief of ["portal-2", "third", "robot"]) {
        const seen = await postAs(`${stage.op.issuer}/oauth/introspect`, thief, { token });
        expect(seen, thief).toEqual({ status: 200, body: { active: false } });
        const revoked = await postAs(`${stage.op.issuer}/oauth/revoke`, thief, { token });
        expect(revoked.body, thief).not.toMatchObject({ active: true });
        const form = { grant_type: "refresh_token", refresh_token: token };
        expect((await postAs(`${stage.op.issuer}/oauth/token`, thief, form)).status, thief).toBe(400);
      }
      expect(await client.tokenIntrospection(signedIn.config, token)).toMatchObject({ active: true });
      await expect(authenticateToken(deps(), signedIn.tokens.access_token)).resolves.toMatchObject({ userId: 1 });
      await expect(refresh(signedIn, signedIn.tokens.refresh_token ?? "")).resolves.toBeDefined();
    },
  );
});

test("a disabled person's tokens are dead at every endpoint, and being enabled again revives none", async () => {
  const signedIn = await signIn(new TestBrowser(), 1);
  const identity = { database: stage.db.database, enqueuer: silentEnqueuer, clock: systemClock };
  const administration = { ...identity, identityHooks: [oidcHooks] };
  const system = { kind: "system", name: "test" } as const;
  await disableUser(administration, system, { userId: 1 });
  await expectDead(signedIn, signedIn.tokens);
  await enableUser(administration, system, { userId: 1 });
  await expectDead(signedIn, signedIn.tokens);
});

describe("an ID token", () => {
  test("is no access token: userinfo, introspection and our own routes refuse it", async () => {
    const { tokens } = await signIn(new TestBrowser(), 1);
    const idToken = tokens.id_token ?? "";
    expect((await userinfo(idToken)).status).toBe(401);
    const introspected = await postAs(`${stage.op.issuer}/oauth/introspect`, "portal", { token: idToken });
    expect(introspected).toMatchObject({ status: 400, body: { error: "unsupported_token_type" } });
    await expect(authenticateToken(deps(), idToken)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("is no refresh token and no code", async () => {
    const { tokens } = await signIn(new TestBrowser(), 1);
    const token = tokens.id_token ?? "";
    for (const form of [
      { grant_type: "refresh_token", refresh_token: token },
      { grant_type: "authorization_code", code: token, redirect_uri: "http://localhost:9999/callback" },
    ])
      expect(await postAs(`${stage.op.issuer}/oauth/token`, "portal", form)).toMatchObject({ status: 400 });
  });
});

test("a refresh token is no access token", async () => {
  const { tokens } = await signIn(new TestBrowser(), 1);
  const token = tokens.refresh_token ?? "";
  expect((await userinfo(token)).status).toBe(401);
  await expect(authenticateToken(deps(), token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});

test("a program's token opens no person's userinfo", async () => {
  const { body } = await postAs(`${stage.op.issuer}/oauth/token`, "robot", { grant_type: "client_credentials" });
  expect((await userinfo(String(body.access_token))).status).toBe(401);
});
