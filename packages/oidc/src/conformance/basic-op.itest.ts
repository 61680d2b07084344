import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import * as client from "openid-client";
import { describe, expect, test, vi } from "vitest";
import { TestBrowser } from "../testing/browser";
import { REDIRECT_URI, TEST_SECRET } from "../testing/provider-server";
import { follow } from "../testing/relying-party";
import { CLIENT, SECOND_CLIENT, useCertification } from "../testing/use-certification";

/** The plan "Basic OP" of the OpenID Foundation: a test for each module, by its name (docs/conformance.md). */

const certification = useCertification();
const { authorize, ask, discover, request } = certification;

const userinfo = (init: RequestInit) => fetch(`${certification.op.issuer}/oauth/userinfo`, init);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const INVALID_GRANT = { error: "invalid_grant" };

describe("responses, ID tokens and userinfo", () => {
  test("oidcc-server", async () => {
    const { tokens, claims, callback } = await authorize(new TestBrowser(), { scope: "openid profile email" });
    expect(claims).toMatchObject({ iss: certification.op.issuer, aud: CLIENT, sub: "1" });
    expect(tokens.token_type).toBe("bearer");
    expect(callback.searchParams.get("iss")).toBe(certification.op.issuer);
    expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(3_600);
    await expect(authorize(new TestBrowser(), {}, await discover(SECOND_CLIENT))).resolves.toBeDefined();
  });

  test("oidcc-response-type-missing", async () => {
    const { url } = await request();
    const without = new URL(url);
    without.searchParams.delete("response_type");
    const answer = new URL((await new TestBrowser().request(without.href)).headers.get("location") ?? "");
    expect(answer.href.startsWith(REDIRECT_URI)).toBe(true);
    expect(answer.searchParams.get("error")).toBe("invalid_request");
  });

  test("oidcc-idtoken-signature", async () => {
    const { tokens, config } = await authorize(new TestBrowser());
    const keys = await (await fetch(config.serverMetadata().jwks_uri ?? "")).json();
    const header = decodeProtectedHeader(tokens.id_token ?? "");
    expect(header).toMatchObject({ alg: "RS256", kid: keys.keys[0].kid });
    await expect(
      jwtVerify(tokens.id_token ?? "", createLocalJWKSet(keys), { audience: CLIENT }),
    ).resolves.toBeDefined();
  });

  test("oidcc-idtoken-unsigned", async () => {
    // Not offered, and no client can register it: the module is for dynamic registration.
    const { id_token_signing_alg_values_supported: offered } = (await discover()).serverMetadata();
    expect(offered).toContain("RS256");
    expect(offered).not.toContain("none");
  });

  test("oidcc-userinfo-get", async () => {
    const { config, tokens, claims } = await authorize(new TestBrowser(), { scope: "openid email" });
    expect(await client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? "")).toMatchObject({
      sub: "1",
      email: "u1@mgs.mg",
      email_verified: true,
    });
  });

  test("oidcc-userinfo-post-header", async () => {
    const { tokens } = await authorize(new TestBrowser());
    const answer = await userinfo({ method: "POST", headers: bearer(tokens.access_token) });
    expect([answer.status, (await answer.json()).sub]).toEqual([200, "1"]);
  });

  test("oidcc-userinfo-post-body", async () => {
    const { tokens } = await authorize(new TestBrowser());
    const body = new URLSearchParams({ access_token: tokens.access_token });
    const answer = await userinfo({ method: "POST", body });
    expect([answer.status, (await answer.json()).sub]).toEqual([200, "1"]);
  });

  test("oidcc-ensure-request-without-nonce-succeeds-for-code-flow", async () => {
    const config = await discover();
    const { url, checks } = await request({}, config);
    const without = new URL(url);
    without.searchParams.delete("nonce");
    const { callback } = await follow(certification.op, new TestBrowser(), without.href);
    const tokens = await client.authorizationCodeGrant(config, callback, { expectedState: checks.expectedState });
    expect(tokens.claims()?.nonce).toBeUndefined();
  });
});

describe("scopes", () => {
  test("oidcc-scope-profile", async () => {
    const { claims } = await authorize(new TestBrowser(), { scope: "openid profile" });
    expect(claims).toMatchObject({ name: "U 1", locale: "fr" });
    expect(claims).not.toHaveProperty("email");
  });

  test("oidcc-scope-email", async () => {
    const { claims } = await authorize(new TestBrowser(), { scope: "openid email" });
    expect(claims).toMatchObject({ email: "u1@mgs.mg", email_verified: true });
    expect(claims).not.toHaveProperty("name");
  });

  test.each(["address", "phone"])("oidcc-scope-%s", async (scope) => {
    // The company keeps neither: a scope that is not understood is left out (OpenID Connect Core section 3.1.2.1).
    const { claims, tokens } = await authorize(new TestBrowser(), { scope: `openid ${scope}` });
    expect(claims?.sub).toBe("1");
    expect(tokens.scope).toBe("openid");
  });

  test("oidcc-scope-all", async () => {
    const { tokens, claims } = await authorize(new TestBrowser(), { scope: "openid profile email address phone" });
    expect(tokens.scope?.split(" ").sort()).toEqual(["email", "openid", "profile"]);
    expect(claims).toMatchObject({ name: "U 1", email: "u1@mgs.mg" });
  });

  test("oidcc-ensure-other-scope-order-succeeds", async () => {
    const { tokens } = await authorize(new TestBrowser(), { scope: "email openid" });
    expect(tokens.id_token).toBeDefined();
  });
});

describe("the page, and when it is shown", () => {
  test.each(["page", "popup"])("oidcc-display-%s", async (display) => {
    expect((await ask(new TestBrowser(), { display })).pathname).toMatch(/^\/interaction\//);
    await expect(authorize(new TestBrowser(), { display })).resolves.toBeDefined();
  });

  test("oidcc-prompt-login", async () => {
    const browser = new TestBrowser();
    const first = await authorize(browser, { max_age: "10000" });
    vi.useFakeTimers({ now: Date.now() + 2_000, toFake: ["Date"] });
    const again = await authorize(browser, { prompt: "login", max_age: "10000" }).finally(() => vi.useRealTimers());
    expect(again.forms).toBe(1);
    expect(again.claims?.sub).toBe("1");
    expect(Number(again.claims?.auth_time)).toBeGreaterThan(Number(first.claims?.auth_time));
  });

  test("oidcc-prompt-none-not-logged-in", async () => {
    const answer = await ask(new TestBrowser(), { prompt: "none" });
    expect(answer.href.startsWith(REDIRECT_URI)).toBe(true);
    expect(answer.searchParams.get("error")).toBe("login_required");
  });

  test("oidcc-prompt-none-logged-in", async () => {
    const browser = new TestBrowser();
    const first = await authorize(browser, { max_age: "10000" });
    const again = await authorize(browser, { prompt: "none", max_age: "10000" });
    expect(again.forms).toBe(0);
    expect(again.claims).toMatchObject({ sub: first.claims?.sub, auth_time: first.claims?.auth_time });
  });

  test("oidcc-max-age-1", async () => {
    const browser = new TestBrowser();
    const first = await authorize(browser, { max_age: "10000" });
    vi.useFakeTimers({ now: Date.now() + 3_000, toFake: ["Date"] });
    const again = await authorize(browser, { max_age: "1" }).finally(() => vi.useRealTimers());
    expect(again.forms).toBe(1);
    expect(Number(again.claims?.auth_time)).toBeGreaterThan(Number(first.claims?.auth_time));
  });

  test("oidcc-max-age-10000", async () => {
    const browser = new TestBrowser();
    const first = await authorize(browser, { max_age: "10000" });
    const again = await authorize(browser, { max_age: "10000" });
    expect(again.forms).toBe(0);
    expect(again.claims?.auth_time).toBe(first.claims?.auth_time);
    expect(again.claims?.auth_time).toEqual(expect.any(Number));
  });
});

describe("parameters of the request", () => {
  test("oidcc-ensure-request-with-unknown-parameter-succeeds", async () => {
    await expect(authorize(new TestBrowser(), { extra: "foobar" })).resolves.toBeDefined();
  });

  test("oidcc-id-token-hint", async () => {
    const browser = new TestBrowser();
    const first = await authorize(browser);
    const hint = { prompt: "none", id_token_hint: first.tokens.id_token ?? "" };
    const again = await authorize(browser, hint);
    expect(again.claims?.sub).toBe(first.claims?.sub);
    const other = await authorize(new TestBrowser(), {});
    expect(other.claims?.sub).toBe("1");
  });

  test("oidcc-login-hint", async () => {
    const { claims } = await authorize(new TestBrowser(), { login_hint: "u1@mgs.mg" });
    expect(claims?.sub).toBe("1");
  });

  test("oidcc-ui-locales", async () => {
    await expect(authorize(new TestBrowser(), { ui_locales: "se fr en" })).resolves.toBeDefined();
  });

  test("oidcc-claims-locales", async () => {
    await expect(authorize(new TestBrowser(), { claims_locales: "se" })).resolves.toBeDefined();
  });

  test("oidcc-ensure-request-with-acr-values-succeeds", async () => {
    await expect(authorize(new TestBrowser(), { acr_values: "1 2" })).resolves.toBeDefined();
  });

  test("oidcc-claims-essential", async () => {
    // The `claims` parameter is not offered; the request succeeds, and the claims are those of its scopes.
    expect((await discover()).serverMetadata().claims_parameter_supported).not.toBe(true);
    const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
    const { claims: given } = await authorize(new TestBrowser(), { claims });
    expect(given?.sub).toBe("1");
  });

  test("oidcc-ensure-post-request-succeeds", async () => {
    const browser = new TestBrowser();
    const config = await discover();
    const { url, checks } = await request({}, config);
    const { origin, pathname, searchParams } = new URL(url);
    const posted = await browser.request(`${origin}${pathname}`, { method: "POST", body: searchParams });
    const { callback } = await follow(certification.op, browser, posted.headers.get("location") ?? "");
    await expect(client.authorizationCodeGrant(config, callback, checks)).resolves.toBeDefined();
  });

  test("oidcc-ensure-registered-redirect-uri", async () => {
    const answer = await ask(new TestBrowser(), { redirect_uri: `${REDIRECT_URI}/tampered` });
    expect([answer.origin, answer.pathname]).toEqual([certification.op.issuer, "/login/erreur"]);
  });

  const unsigned = (claims: object): string =>
    [{ alg: "none" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".")
      .concat(".");

  test("oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported", async () => {
    const answer = await ask(new TestBrowser(), { request_uri: "https://rp.example/request" });
    expect(answer.searchParams.get("error")).toBe("request_uri_not_supported");
  });

  test("oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported", async () => {
    const answer = await ask(new TestBrowser(), { request: unsigned({ client_id: CLIENT, scope: "openid" }) });
    expect(answer.searchParams.get("error")).toBe("request_not_supported");
  });

  test("oidcc-ensure-request-object-with-redirect-uri", async () => {
    const answer = await ask(new TestBrowser(), {
      redirect_uri: `${REDIRECT_URI}/tampered`,
      request: unsigned({ client_id: CLIENT, redirect_uri: REDIRECT_URI }),
    });
    expect([answer.origin, answer.pathname]).toEqual([certification.op.issuer, "/login/erreur"]);
  });
});

describe("codes, secrets and refresh tokens", () => {
  test("oidcc-codereuse", async () => {
    const { config, callback, checks } = await authorize(new TestBrowser());
    await expect(client.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject(INVALID_GRANT);
  });

  test("oidcc-codereuse-30seconds", async () => {
    const { config, callback, checks, tokens } = await authorize(new TestBrowser());
    await certification.db.database.$executeRaw`
      UPDATE oidc_payloads SET consumed_at = consumed_at - interval '30 seconds' WHERE model = 'AuthorizationCode'`;
    await expect(client.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject(INVALID_GRANT);
    expect((await userinfo({ headers: bearer(tokens.access_token) })).status).toBe(401);
  });

  test("oidcc-server-client-secret-post", async () => {
    const config = await discover(CLIENT, client.ClientSecretPost(TEST_SECRET));
    const { tokens } = await authorize(new TestBrowser(), {}, config);
    expect(tokens.id_token).toBeDefined();
  });

  test("oidcc-refresh-token", async () => {
    const { config, tokens, claims } = await authorize(new TestBrowser());
    const fresh = await client.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(fresh.access_token).not.toBe(tokens.access_token);
    const { iss, sub, aud } = fresh.claims() ?? {};
    expect({ iss, sub, aud }).toEqual({ iss: claims?.iss, sub: claims?.sub, aud: claims?.aud });
    // Bound to its client: another one's secret does not refresh it.
    const second = await discover(SECOND_CLIENT);
    await expect(client.refreshTokenGrant(second, fresh.refresh_token ?? "")).rejects.toMatchObject(INVALID_GRANT);
  });

  test("oidcc-ensure-request-with-valid-pkce-succeeds", async () => {
    const config = await discover();
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const code_challenge = await client.calculatePKCECodeChallenge(pkceCodeVerifier);
    const { url, checks } = await request({ code_challenge, code_challenge_method: "S256" }, config);
    const { callback } = await follow(certification.op, new TestBrowser(), url);
    await expect(
      client.authorizationCodeGrant(config, callback, { ...checks, pkceCodeVerifier }),
    ).resolves.toBeDefined();
  });
});
