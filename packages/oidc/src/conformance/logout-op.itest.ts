import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createLocalJWKSet, decodeJwt, generateKeyPair, jwtVerify, SignJWT, UnsecuredJWT } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sendBackchannelLogout } from "../backchannel-logout";
import { findLogoutSecret, findSsoSession } from "../sso-session";
import { TestBrowser } from "../testing/browser";
import { insertTestClient } from "../testing/provider-server";
import { CLIENT, useCertification } from "../testing/use-certification";

/** The plans "RP-Initiated Logout OP" and "Back-Channel Logout OP" of the OpenID Foundation (docs/conformance.md). */

const certification = useCertification();
const { authorize, ask, discover } = certification;
const AFTER = "http://localhost:9999/";
const LEAVING = /^\/logout\?client=1$/;

const sealed = () => ({ database: certification.db.database, sealer: certification.op.sealer });
const isSignedIn = async (browser: TestBrowser) => (await findSsoSession(sealed(), browser.cookie("mgs.sso"))) !== null;

/** Sends the browser to the end-session endpoint. @returns where that leads */
async function endSession(browser: TestBrowser, parameters: Record<string, string>): Promise<string> {
  const answer = await browser.request(`${certification.op.issuer}/oauth/logout?${new URLSearchParams(parameters)}`);
  return answer.headers.get("location") ?? "";
}

/** Says yes on the page that asks. @returns where the person ends */
async function confirm(browser: TestBrowser): Promise<string> {
  const xsrf = (await findLogoutSecret(sealed(), browser.cookie("mgs.sso"))) ?? "";
  const body = new URLSearchParams({ xsrf, logout: "yes" });
  const url = `${certification.op.issuer}/oauth/logout/confirm`;
  return (await browser.request(url, { method: "POST", body })).headers.get("location") ?? "";
}

/** `prompt=none` must fail now: the person has been signed out. */
const expectSignedOut = async (browser: TestBrowser) =>
  expect((await ask(browser, { prompt: "none" })).searchParams.get("error")).toBe("login_required");

async function signedIn() {
  const browser = new TestBrowser();
  const { tokens, claims } = await authorize(browser);
  return { browser, hint: tokens.id_token ?? "", claims };
}

/** The module's own end: no redirect to the client, and nothing ends unless the person says so on our page. */
async function expectRefusal(browser: TestBrowser, parameters: Record<string, string>): Promise<void> {
  const location = await endSession(browser, parameters);
  expect(location).toMatch(/^\/(login\/erreur\?|logout\?client=1$)/);
  expect(await isSignedIn(browser)).toBe(true);
  if (LEAVING.test(location)) expect(await confirm(browser)).not.toContain(AFTER);
}

describe("RP-Initiated Logout OP", () => {
  test("oidcc-rp-initiated-logout-discovery-endpoint-verification", async () => {
    const { end_session_endpoint } = (await discover()).serverMetadata();
    expect(end_session_endpoint).toBe(`${certification.op.issuer}/oauth/logout`);
  });

  test("oidcc-rp-initiated-logout", async () => {
    const { browser, hint } = await signedIn();
    const url = client.buildEndSessionUrl(await discover(), {
      id_token_hint: hint,
      post_logout_redirect_uri: AFTER,
      state: "a state",
    });
    expect((await browser.request(url.href)).headers.get("location")).toMatch(LEAVING);
    const arrived = new URL(await confirm(browser));
    expect([arrived.origin + arrived.pathname, arrived.searchParams.get("state")]).toEqual([AFTER, "a state"]);
    expect([...arrived.searchParams.keys()]).toEqual(["state"]);
    await expectSignedOut(browser);
  });

  test("oidcc-rp-initiated-logout-bad-post-logout-redirect-uri", async () => {
    const { browser, hint } = await signedIn();
    const to = "https://evil.example/post_logout_redirect";
    await expectRefusal(browser, { id_token_hint: hint, post_logout_redirect_uri: to });
  });

  test("oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri", async () => {
    const { browser, hint } = await signedIn();
    await expectRefusal(browser, { id_token_hint: hint, post_logout_redirect_uri: `${AFTER}?foo=bar` });
  });

  test("oidcc-rp-initiated-logout-modified-id-token-hint", async () => {
    const { browser, hint } = await signedIn();
    const modified = new UnsecuredJWT(decodeJwt(hint)).encode();
    await expectRefusal(browser, { id_token_hint: modified, post_logout_redirect_uri: AFTER });
  });

  test("oidcc-rp-initiated-logout-bad-id-token-hint", async () => {
    const { browser, hint } = await signedIn();
    const { privateKey } = await generateKeyPair("RS256");
    const forged = await new SignJWT(decodeJwt(hint)).setProtectedHeader({ alg: "RS256" }).sign(privateKey);
    await expectRefusal(browser, { id_token_hint: forged, post_logout_redirect_uri: AFTER });
  });

  test("oidcc-rp-initiated-logout-no-id-token-hint", async () => {
    const { browser } = await signedIn();
    await expectRefusal(browser, { post_logout_redirect_uri: AFTER });
  });

  test.each([
    ["no-params", (): Record<string, string> => ({})],
    ["only-state", () => ({ state: "a state" })],
    ["no-post-logout-redirect-uri", (hint: string) => ({ id_token_hint: hint, state: "a state" })],
  ])("oidcc-rp-initiated-logout-%s", async (_name, parameters) => {
    const { browser, hint } = await signedIn();
    expect(await endSession(browser, parameters(hint))).toMatch(LEAVING);
    const done = await browser.request(await confirm(browser));
    expect(done.headers.get("location")).toBe("/logout/termine");
    await expectSignedOut(browser);
  });

  test("oidcc-rp-initiated-logout-no-state", async () => {
    const { browser, hint } = await signedIn();
    await endSession(browser, { id_token_hint: hint, post_logout_redirect_uri: AFTER });
    expect(await confirm(browser)).toBe(AFTER);
    await expectSignedOut(browser);
  });
});

describe("Back-Channel Logout OP", () => {
  let rp: Server;
  const posts: { type: string | undefined; body: URLSearchParams }[] = [];
  let uri = "";
  beforeAll(async () => {
    rp = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk) => {
        text += chunk;
      });
      request.on("end", () => {
        posts.push({ type: request.headers["content-type"], body: new URLSearchParams(text) });
        response.end();
      });
    });
    await new Promise<void>((resolve) => rp.listen(0, resolve));
    uri = `http://localhost:${(rp.address() as AddressInfo).port}/backchannel_logout`;
  });
  afterAll(() => rp?.close());
  beforeEach(async () => {
    posts.length = 0;
    await certification.db.database.outbox.deleteMany();
  });

  test("oidcc-backchannel-logout-discovery-endpoint-verification", async () => {
    const document = (await discover()).serverMetadata();
    expect(document).toMatchObject({
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      end_session_endpoint: `${certification.op.issuer}/oauth/logout`,
    });
  });

  test("oidcc-backchannel-rp-initiated-logout", async () => {
    await certification.db.database.client.update({ where: { id: CLIENT }, data: { backchannelLogoutUri: uri } });
    await insertTestClient(certification.db.database, "not-signed-in", { backchannelLogoutUri: uri });
    const { browser, hint, claims } = await signedIn();
    await endSession(browser, { id_token_hint: hint, post_logout_redirect_uri: AFTER });
    expect(await confirm(browser)).toBe(AFTER);
    const rows = await certification.db.database.outbox.findMany({ where: { kind: "oidc.backchannel-logout" } });
    expect(rows).toHaveLength(1);
    const { issuer } = certification.op;
    for (const { id, payload } of rows)
      await sendBackchannelLogout(
        { ...sealed(), issuer },
        id,
        payload as { client_id: string; sub: string; sid: string },
      );
    const [post] = posts;
    expect(post?.type).toContain("application/x-www-form-urlencoded");
    const keys = await (await fetch(`${issuer}/oauth/jwks`)).json();
    const { payload, protectedHeader } = await jwtVerify(
      post?.body.get("logout_token") ?? "",
      createLocalJWKSet(keys),
      { issuer, audience: CLIENT, typ: "logout+jwt" },
    );
    expect(protectedHeader.alg).toBe("RS256");
    expect(payload).toMatchObject({
      sub: claims?.sub,
      sid: claims?.sid,
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: expect.any(Number),
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    expect(payload).not.toHaveProperty("nonce");
    await expectSignedOut(browser);
  });
});
