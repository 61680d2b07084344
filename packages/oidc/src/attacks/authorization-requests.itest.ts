import * as client from "openid-client";
import { describe, expect, test } from "vitest";
import { TestBrowser } from "../testing/browser";
import { insertTestClient, REDIRECT_URI } from "../testing/provider-server";
import { authorizationQuery, exchange, RAW_CHALLENGE, RAW_VERIFIER } from "../testing/raw-requests";
import { buildAuthorization } from "../testing/relying-party";
import { useProviderStage } from "../testing/use-provider-stage";

/** Attacks on the authorization request and its answer (RFC 9700). */

const stage = useProviderStage();
const { discover, signIn } = stage;

async function authorize(browser: TestBrowser, changes: Record<string, string | undefined>): Promise<string> {
  const answer = await browser.request(`${stage.op.issuer}/oauth/authorize?${authorizationQuery(changes)}`);
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

async function signedIn(): Promise<TestBrowser> {
  const browser = new TestBrowser();
  await signIn(browser, 1);
  return browser;
}

const codeOf = (location: string): string => new URL(location).searchParams.get("code") ?? "";

describe("a redirect URI has to be the registered one, character by character", () => {
  const differing: [string, string][] = [
    ["a suffix", `${REDIRECT_URI}2`],
    ["a slash at the end", `${REDIRECT_URI}/`],
    ["a path below it", `${REDIRECT_URI}/x`],
    ["a traversal", `${REDIRECT_URI}/../callback`],
    ["an encoded traversal", `${REDIRECT_URI}/%2e%2e/callback`],
    ["another port", REDIRECT_URI.replace(":9999", ":9998")],
    ["no port", REDIRECT_URI.replace(":9999", "")],
    ["a query", `${REDIRECT_URI}?next=x`],
    ["a fragment", `${REDIRECT_URI}#x`],
    ["an empty fragment", `${REDIRECT_URI}#`],
    ["another scheme", REDIRECT_URI.replace("http:", "https:")],
    ["another case", REDIRECT_URI.replace("callback", "Callback")],
    ["another name of the host", REDIRECT_URI.replace("localhost", "127.0.0.1")],
    ["a dot after the host", REDIRECT_URI.replace("localhost", "localhost.")],
    ["a user in front of the host", REDIRECT_URI.replace("localhost", "localhost@evil.example")],
    ["the host as a subdomain", REDIRECT_URI.replace("localhost", "localhost.evil.example")],
    ["a blank before it", ` ${REDIRECT_URI}`],
    ["a line break after it", `${REDIRECT_URI}\r\n`],
    ["two of them", `${REDIRECT_URI} ${REDIRECT_URI}`],
  ];
  test.each(differing)("%s: no redirect leaves the provider, and no code is made", async (_name, redirect_uri) => {
    const browser = await signedIn();
    const codes = await stage.db.database.oidcPayload.count({ where: { model: "AuthorizationCode" } });
    expect(await authorize(browser, { redirect_uri })).toMatch(/^\/login\/erreur\?/);
    expect(await stage.db.database.oidcPayload.count({ where: { model: "AuthorizationCode" } })).toBe(codes);
  });

  test("a second redirect_uri beside the right one is refused", async () => {
    const query = `${authorizationQuery()}&redirect_uri=${encodeURIComponent("https://evil.example/")}`;
    const answer = await (await signedIn()).request(`${stage.op.issuer}/oauth/authorize?${query}`);
    expect(answer.headers.get("location")).toMatch(/^\/login\/erreur\?/);
  });

  test("a code is not exchanged for another redirect URI of the same client", async () => {
    const second = REDIRECT_URI.replace(":9999", ":9998");
    await insertTestClient(stage.db.database, "two-addresses", { redirectUris: [REDIRECT_URI, second] });
    const code = codeOf(await authorize(await signedIn(), { client_id: "two-addresses" }));
    const answer = await exchange(stage.op.issuer, "two-addresses", { code, redirect_uri: second });
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });
});

describe("PKCE", () => {
  test.each([
    ["is missing", { code_challenge: undefined, code_challenge_method: undefined }],
    ["has no challenge", { code_challenge: undefined }],
    ["has an empty challenge", { code_challenge: "" }],
    ["is plain", { code_challenge: RAW_VERIFIER, code_challenge_method: "plain" }],
    ["names no method, which means plain", { code_challenge: RAW_VERIFIER, code_challenge_method: undefined }],
    ["has an unknown method", { code_challenge_method: "S512" }],
    ["has a challenge that is too short", { code_challenge: "x" }],
  ])("that %s is refused with an error and no code", async (_name, changes) => {
    const answer = new URL(await authorize(await signedIn(), changes));
    expect(answer.href.startsWith(`${REDIRECT_URI}?`)).toBe(true);
    expect(Object.fromEntries(answer.searchParams)).toMatchObject({ error: "invalid_request", state: "a-state" });
    expect(answer.searchParams.has("code")).toBe(false);
  });

  test.each([
    ["no verifier", { code_verifier: "" }],
    ["another verifier", { code_verifier: "w".repeat(43) }],
    ["the challenge as the verifier", { code_verifier: RAW_CHALLENGE }],
  ])("%s: the code, which a thief has, gets no tokens", async (_name, form) => {
    const code = codeOf(await authorize(await signedIn(), {}));
    const answer = await exchange(stage.op.issuer, "portal", { code, ...form });
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });
});

test("another client's code gets no tokens", async () => {
  const code = codeOf(await authorize(await signedIn(), {}));
  const stolen = await exchange(stage.op.issuer, "portal-2", { code });
  expect(stolen).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

const causedBy = (message: RegExp) => ({ cause: { message: expect.stringMatching(message) } });

describe("what ties an answer to its request", () => {
  test("state comes back as it was sent, also with an error, and a client refuses another", async () => {
    const browser = await signedIn();
    const state = "a&b=c%20é+\u{1f600}";
    expect(new URL(await authorize(browser, { state })).searchParams.get("state")).toBe(state);
    const refused = new URL(await authorize(browser, { state, code_challenge: undefined }));
    expect(refused.searchParams.get("state")).toBe(state);
    const config = await discover();
    const { url, checks } = await buildAuthorization(config);
    const callback = new URL((await browser.request(url)).headers.get("location") ?? "");
    callback.searchParams.set("state", "another");
    await expect(client.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject(causedBy(/state/));
  });

  test("the nonce is in the ID token, and a client refuses another", async () => {
    const browser = await signedIn();
    const config = await discover();
    for (const [expectedNonce, isRight] of [
      ["a-nonce", true],
      ["another", false],
    ] as const) {
      const { url, checks } = await buildAuthorization(config, { nonce: "a-nonce" });
      const callback = new URL((await browser.request(url)).headers.get("location") ?? "");
      const granted = client.authorizationCodeGrant(config, callback, { ...checks, expectedNonce });
      if (isRight) expect((await granted).claims()?.nonce).toBe("a-nonce");
      else await expect(granted).rejects.toMatchObject(causedBy(/nonce/));
    }
  });

  test("every answer names its issuer, and a client refuses another's (mix-up)", async () => {
    const browser = await signedIn();
    const config = await discover();
    expect(config.serverMetadata().authorization_response_iss_parameter_supported).toBe(true);
    const refused = new URL(await authorize(browser, { code_challenge: undefined }));
    expect(refused.searchParams.get("iss")).toBe(stage.op.issuer);
    for (const iss of ["https://evil.example", null]) {
      const { url, checks } = await buildAuthorization(config);
      const callback = new URL((await browser.request(url)).headers.get("location") ?? "");
      expect(callback.searchParams.get("iss")).toBe(stage.op.issuer);
      if (iss === null) callback.searchParams.delete("iss");
      else callback.searchParams.set("iss", iss);
      await expect(client.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject(causedBy(/"iss"/));
    }
  });
});

test("prompt=none without a session is login_required, shows no form and leaves no interaction", async () => {
  const interactions = () => stage.db.database.oidcPayload.count({ where: { model: "Interaction" } });
  const before = await interactions();
  const answer = new URL(await authorize(new TestBrowser(), { prompt: "none" }));
  expect(answer.href.startsWith(`${REDIRECT_URI}?`)).toBe(true);
  expect(Object.fromEntries(answer.searchParams)).toMatchObject({ error: "login_required", state: "a-state" });
  expect(await interactions()).toBe(before);
});

test("prompt=none of a client that the person has not consented to is consent_required", async () => {
  const answer = new URL(await authorize(await signedIn(), { client_id: "third", prompt: "none" }));
  expect(answer.searchParams.get("error")).toBe("consent_required");
});

test.each([
  ["token", "token"],
  ["ID token", "id_token"],
  ["code and ID token", "code id_token"],
  ["code and token", "code token"],
])("no %s is given out in a redirect", async (_name, response_type) => {
  const { hash, search } = new URL(await authorize(await signedIn(), { response_type, nonce: "n" }), stage.op.issuer);
  const given = new URLSearchParams(`${search.slice(1)}&${hash.slice(1)}`);
  expect(given.get("error")).toBe("unsupported_response_type");
  for (const name of ["code", "access_token", "id_token"]) expect(given.has(name)).toBe(false);
});
