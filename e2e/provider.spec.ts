import { createHash } from "node:crypto";
import { expect, test } from "@playwright/test";
import { PORTALS } from "../packages/core/src/portals";
import { type Answer, send } from "./bad-input/call";
import { findFaults } from "./bad-input/case";
import { REDIRECT_URI } from "./bad-input/people";
import { FOREIGN_REDIRECTS, tokenCases } from "./bad-input/provider-cases";
import { countRows } from "./bad-input/row-counts";
import { askProvider, authorize } from "./bad-input/sign-in";
import { useWorld } from "./bad-input/use-world";
import { urlOf } from "./support/instance";

/** Sends bad input and forged headers to the provider and the sign-in form. */

const getWorld = useWorld();
const issuer = () => urlOf("administration");
const SCOPE = "openid profile email notifications:send";

/** Endpoints of the contract, by their names in the discovery document. */
const PROVIDER_ENDPOINTS = {
  authorization_endpoint: "/oauth/authorize",
  token_endpoint: "/oauth/token",
  userinfo_endpoint: "/oauth/userinfo",
  jwks_uri: "/oauth/jwks",
  revocation_endpoint: "/oauth/revoke",
  introspection_endpoint: "/oauth/introspect",
  end_session_endpoint: "/oauth/logout",
};

test("discovery names exactly the endpoints of the contract", async () => {
  const { json } = await send(issuer(), { path: "/.well-known/openid-configuration" });
  const named = Object.entries(json as Record<string, unknown>).filter(([key]) => /(_endpoint|^jwks_uri)$/.test(key));
  const expected = Object.entries(PROVIDER_ENDPOINTS).map(([key, path]) => [key, `${issuer()}${path}`]);
  expect(Object.fromEntries(named)).toEqual(Object.fromEntries(expected));
});

test("endpoints of the provider refuse bad input with OAuth error codes", async () => {
  const world = getWorld();
  const { web } = world.clients;
  const fresh = await authorize(world.browser, world.me.email, web, SCOPE);
  const before = await countRows(world);
  const faults: string[] = [];
  for (const { name, call, status, error } of tokenCases(world, fresh)) {
    const answer = await send(issuer(), call);
    const answered = (answer.json as { error?: string } | undefined)?.error;
    if (answer.status !== status || answered !== error)
      faults.push(`${call.path}, ${name}: ${answer.status} ${answer.text.slice(0, 120)}, not ${status} ${error}`);
    if (call.path === "/oauth/token" && !String(answer.headers["cache-control"]).includes("no-store"))
      faults.push(`${call.path}, ${name}: cached`);
  }
  expect(faults).toEqual([]);
  expect(await countRows(world)).toEqual(before);
});

test("an authorization code works once, and its second use revokes the tokens of the first", async () => {
  const world = getWorld();
  const { left } = world.clients;
  const { code, verifier } = await authorize(world.browser, world.me.email, left, SCOPE);
  const form = { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI, code_verifier: verifier };
  const first = await askProvider("/oauth/token", left, form);
  expect(first.status).toBe(200);
  const again = await askProvider("/oauth/token", left, form);
  expect([again.status, again.body.error]).toEqual([400, "invalid_grant"]);
  const headers = { authorization: `Bearer ${first.body.access_token}` };
  expect((await send(issuer(), { path: "/api/me", headers })).status).toBe(401);
});

test("a token is inactive to another client, which cannot revoke it", async () => {
  const { bearer, clients, tokens } = getWorld();
  const seen = await askProvider("/oauth/introspect", clients.machine, { token: tokens.access_token });
  expect(seen).toEqual({ status: 200, body: { active: false } });
  await askProvider("/oauth/revoke", clients.machine, { token: tokens.access_token });
  expect((await send(issuer(), { path: "/api/me", headers: { authorization: bearer.me } })).status).toBe(200);
});

test("a redirect URI has to equal the registered one", async () => {
  const world = getWorld();
  const query = (redirect_uri: string, more: Record<string, string> = {}) =>
    new URLSearchParams({
      client_id: world.clients.web.id,
      response_type: "code",
      scope: "openid",
      code_challenge: createHash("sha256").update("x".repeat(43)).digest("base64url"),
      code_challenge_method: "S256",
      redirect_uri,
      ...more,
    });
  for (const uri of FOREIGN_REDIRECTS) {
    const headers = { cookie: world.cookies.administration };
    const answer = await send(issuer(), { path: `/oauth/authorize?${query(uri)}`, headers });
    expect(answer.status, uri).toBe(303);
    expect(new URL(String(answer.headers.location), issuer()).href, uri).toMatch(`${issuer()}/login/erreur?`);
  }
  for (const more of [
    { code_challenge: "" },
    { code_challenge_method: "plain" },
    { response_type: "token" },
  ] as const) {
    const answer = await send(issuer(), { path: `/oauth/authorize?${query(REDIRECT_URI, more)}` });
    const { search, hash } = new URL(String(answer.headers.location), issuer());
    // A response in a fragment has its error in the fragment as well.
    const faults = new URLSearchParams(search || hash.slice(1));
    expect(faults.get("error"), JSON.stringify(more)).toMatch(
      /^(invalid_request|unsupported_response_type|unauthorized_client)$/,
    );
    expect(faults.has("code") || faults.has("access_token")).toBe(false);
  }
});

test.describe("the sign-in form", () => {
  const FORM = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
  const attempt = (form: Record<string, string>, headers: Record<string, string> = {}, uid = "A".repeat(43)) => ({
    method: "POST",
    path: `/interaction/${uid}/login`,
    headers: { ...FORM, ...headers },
    body: new URLSearchParams(form).toString(),
  });

  test("refuses invalid fields, forms of other sites and interactions of other browsers", async () => {
    const world = getWorld();
    const before = await countRows(world);
    const wrong = { status: 401, code: "INVALID_CREDENTIALS" as const };
    const { email } = world.me;
    const right = { email, password: "mgs-demo-2026" };
    const cases = [
      { name: "nothing", call: attempt({}), ...wrong },
      { name: "a NUL in the address", call: attempt({ ...right, email: `${email}\0` }), ...wrong },
      { name: "a NUL in the password", call: attempt({ ...right, password: "mgs-demo-2026\0" }), ...wrong },
      { name: "a long address", call: attempt({ ...right, email: `${"a".repeat(5_000)}@mgs.mg` }), ...wrong },
      { name: "a long password", call: attempt({ ...right, password: "x".repeat(10_000) }), ...wrong },
      { name: "SQL", call: attempt({ ...right, email: "' OR 1=1 --" }), ...wrong },
      {
        name: "1 MB of password",
        call: attempt({ ...right, password: "x".repeat(1_000_000) }),
        status: 413,
        code: "PAYLOAD_TOO_LARGE" as const,
      },
      {
        name: "another site's form",
        call: attempt(right, { origin: "https://evil.example" }),
        status: 403,
        code: "ORIGIN_REFUSED" as const,
      },
      {
        name: "a browser without the cookie of the interaction",
        call: attempt(right),
        status: 404,
        code: "INTERACTION_NOT_FOUND" as const,
      },
      {
        name: "a forged cookie",
        call: attempt(right, { cookie: `mgs.interaction=${"A".repeat(43)}` }),
        status: 404,
        code: "INTERACTION_NOT_FOUND" as const,
      },
      { name: "an address with a NUL", call: attempt(right, {}, "%00"), status: 404, code: "NOT_FOUND" as const },
    ];
    const faults: string[] = [];
    for (const [index, one] of cases.entries()) faults.push(...(await findFaults("administration", one, index)));
    expect(faults).toEqual([]);
    expect(await countRows(world)).toEqual(before);
  });

  test("counts attempts regardless of forged X-Forwarded-For headers, and answers when to retry", async () => {
    const email = `personne-${getWorld().me.id}@mgs.mg`;
    const answers: Answer[] = [];
    // The limit is five; when Redis is too slow for one attempt the process counts up to five more itself.
    for (let n = 0; n < 11 && answers.at(-1)?.status !== 429; n++) {
      const headers = {
        "x-forwarded-for": `10.0.0.${n}`,
        "x-real-ip": `10.0.1.${n}`,
        "x-mgs-remote-address": `10.0.2.${n}`,
        forwarded: `for=10.0.3.${n}`,
      };
      const address = n % 2 === 0 ? email : ` ${email.toUpperCase()}`;
      answers.push(await send(issuer(), attempt({ email: address, password: "x" }, headers)));
    }
    const refused = answers.pop();
    expect(answers.length).toBeGreaterThanOrEqual(5);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(refused?.status).toBe(429);
    expect(Number(refused?.headers["retry-after"])).toBeGreaterThan(0);
  });
});

test("no request header changes a redirect or an address", async () => {
  const spoofed: Record<string, string>[] = [
    { host: "evil.example" },
    { "x-forwarded-host": "evil.example" },
    { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-port": "443" },
    { forwarded: "host=evil.example;proto=https" },
    { "x-original-url": "//evil.example", "x-rewrite-url": "//evil.example" },
    { "x-mgs-path": "//evil.example", "x-middleware-rewrite": "https://evil.example" },
    { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy", "x-nextjs-data": "1" },
  ];
  const paths = [
    "/",
    "/dashboard",
    "/login/oauth?returnTo=/x",
    "//api/me",
    "/notifications/",
    "/api/auth/callback/mgs",
  ];
  const own = ["/.well-known/openid-configuration", "/oauth/authorize?x=1", "/oauth/logout", "/login/retour?state=/x"];
  for (const portal of PORTALS) {
    for (const path of portal === "administration" ? [...paths, ...own] : paths) {
      for (const headers of spoofed) {
        const answer = await send(urlOf(portal), { path, headers });
        const answered = `${JSON.stringify(answer.headers)}${answer.text}`;
        expect(answered, `${portal} ${path} ${JSON.stringify(headers)}`).not.toContain("evil.example");
        expect(answer.status).toBeLessThan(500);
      }
    }
  }
});

test("redirects after a sign-in stay on our own origins", async () => {
  const targets = [
    ...[
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "/\t/evil.example",
      "/.//evil.example",
    ],
    ...[
      "javascript:alert(1)",
      "http:evil.example",
      "/%2f/evil.example/..//evil.example",
      "/a\r\nLocation:https://evil.example",
    ],
    ...[
      "///evil.example",
      "/./\\evil.example",
      "@evil.example",
      ".evil.example",
      "\0//evil.example",
      "/login/oauth",
      "/logout",
    ],
  ];
  for (const target of targets) {
    const encoded = encodeURIComponent(target);
    for (const path of [`/login/retour?state=${encoded}`, `/login/retour?error=x&state=${encoded}`]) {
      const { status, headers } = await send(issuer(), { path });
      expect(status, path).toBe(303);
      expect(new URL(String(headers.location)).origin, path).toBe(issuer());
    }
    const started = await send(urlOf("commercial"), { path: `/login/oauth?returnTo=${encoded}` });
    // The sealed attempt contains the page to return to, which a refused sign-in shows.
    const state = new URL(String(started.headers.location)).searchParams.get("state") ?? "";
    const answer = new URLSearchParams({ error: "access_denied", state });
    const refused = await send(urlOf("commercial"), { path: `/api/auth/callback/mgs?${answer}` });
    const errorPage = new URL(String(refused.headers.location));
    expect(`${errorPage.origin}${errorPage.pathname}`, target).toBe(`${urlOf("commercial")}/login/erreur`);
    const returnTo = errorPage.searchParams.get("returnTo") ?? "";
    expect(returnTo).toMatch(/^\//);
    expect(new URL(returnTo, urlOf("commercial")).origin, target).toBe(urlOf("commercial"));
    expect(new URL(String(started.headers.location)).origin).toBe(issuer());
  }
});

test("private answers are not cached", async () => {
  const { cookies, notifications } = getWorld();
  const api = ["/api/me", "/api/notifications", "/api/users", `/api/notifications/${notifications.mine}`];
  for (const portal of PORTALS) {
    for (const path of [...api, "/dashboard", "/notifications", "/profil", "/logout"]) {
      const { status, headers } = await send(urlOf(portal), { path, headers: { cookie: cookies[portal] } });
      expect(status, `${portal} ${path}`).toBe(200);
      expect(headers["cache-control"], `${portal} ${path}`).toContain("no-store");
    }
  }
});
