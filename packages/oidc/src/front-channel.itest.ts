import { createHash } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { viewInteraction } from "./interaction";
import { TestBrowser } from "./testing/browser";
import { insertTestClient, REDIRECT_URI, startProvider, type TestProvider } from "./testing/provider-server";

let db: TestDatabase;
let op: TestProvider;
let behindTls: TestProvider;

beforeAll(async () => {
  db = await createTestDatabase();
  await insertTestClient(db.database, "portal");
  op = await startProvider(db.database);
  behindTls = await startProvider(db.database, "https://sso.example");
});
afterAll(async () => {
  await op?.close();
  await behindTls?.close();
  await db?.drop();
});

/** What Java's `HttpURLConnection` accepts. */
const JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2";
const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

function request(overrides: Record<string, string | undefined> = {}): URLSearchParams {
  const parameters = {
    ...{ client_id: "portal", response_type: "code", redirect_uri: REDIRECT_URI, scope: "openid", state: "x" },
    code_challenge: createHash("sha256").update("x".repeat(43)).digest("base64url"),
    code_challenge_method: "S256",
    ...overrides,
  };
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return new URLSearchParams(given);
}

describe("errors of endpoints that programs call are JSON, whatever is accepted", () => {
  test.each([
    ["POST", "/oauth/token", { grant_type: "authorization_code", code: "x" }, 400],
    ["POST", "/oauth/token", {}, 400],
    ["POST", "/oauth/introspect", { token: "x" }, 400],
    ["POST", "/oauth/revoke", { token: "x" }, 400],
    ["GET", "/oauth/userinfo", null, 401],
    ["POST", "/oauth/userinfo", {}, 401],
    ["GET", "/oauth/token", null, 405],
    ["PUT", "/oauth/introspect", {}, 405],
    ["DELETE", "/oauth/revoke", null, 405],
    ["POST", "/oauth/jwks", {}, 405],
    ["GET", "/oauth/nowhere", null, 404],
  ])("%s %s", async (method, path, form, status) => {
    for (const accept of [JAVA, BROWSER, "application/json", "*/*"]) {
      const response = await fetch(`${op.issuer}${path}`, {
        method,
        redirect: "manual",
        headers: { accept },
        body: form && new URLSearchParams(form as Record<string, string>),
      });
      expect([response.status, response.headers.get("content-type")]).toEqual([
        status,
        "application/json; charset=utf-8",
      ]);
      expect(await response.json()).toMatchObject({ error: expect.stringMatching(/^invalid_(request|client|token)$/) });
    }
  });
});

describe("requests by POST", () => {
  test("an authorization request leads to the form, and to the client in the end", async () => {
    const browser = new TestBrowser();
    const posted = await browser.request(`${op.issuer}/oauth/authorize`, { method: "POST", body: request() });
    expect(posted.status).toBe(303);
    const asked = await browser.request(new URL(posted.headers.get("location") ?? "", op.issuer).href);
    expect(asked.headers.get("location")).toMatch(/^\/interaction\//);
  });

  test("a logout request is answered as by GET", async () => {
    const browser = new TestBrowser();
    const body = new URLSearchParams({ client_id: "portal", post_logout_redirect_uri: "http://localhost:9999/" });
    const posted = await browser.request(`${op.issuer}/oauth/logout`, { method: "POST", body });
    expect(posted.status).toBe(303);
    const asked = await browser.request(new URL(posted.headers.get("location") ?? "", op.issuer).href);
    expect(asked.headers.get("location")).toBe("http://localhost:9999/");
  });

  test.each([
    ["JSON", JSON.stringify({ client_id: "portal" }), "application/json"],
    ["more than an address can hold", `state=${"x".repeat(9_000)}`, "application/x-www-form-urlencoded"],
  ])("%s gets a page that says so", async (_name, body, type) => {
    for (const path of ["/oauth/authorize", "/oauth/logout"]) {
      const response = await fetch(`${op.issuer}${path}`, {
        ...{ method: "POST", body, redirect: "manual" },
        headers: { "content-type": type },
      });
      expect([response.status, response.headers.get("location")]).toEqual([
        303,
        expect.stringMatching(/^\/login\/erreur\?error=invalid_request/),
      ]);
    }
  });

  test("the address of the logout form, opened by itself, leads to its page", async () => {
    const response = await fetch(`${op.issuer}/oauth/logout/confirm`, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([303, "/logout?client=1"]);
  });
});

test("redirect_uri may not be left out, even by a client that has one", async () => {
  const response = await fetch(`${op.issuer}/oauth/authorize?${request({ redirect_uri: undefined })}`, {
    redirect: "manual",
  });
  expect(response.headers.get("location")).toMatch(/^\/login\/erreur\?error=invalid_request&.*client=portal/);
});

test("ui_locales and login_hint reach the sign-in page", async () => {
  const browser = new TestBrowser();
  const query = request({ ui_locales: "mg en-GB fr", login_hint: "voahangy@mgs.mg" });
  const asked = await browser.request(`${op.issuer}/oauth/authorize?${query}`);
  const path = asked.headers.get("location") ?? "";
  expect(browser.cookie("mgs.ui-locale", path)).toBe("en");
  expect(browser.cookie("mgs.ui-locale", "/dashboard")).toBeUndefined();
  const uid = path.split("/").pop() ?? "";
  expect(await viewInteraction(op.provider, { uid, cookies: browser.cookies(path) })).toMatchObject({
    loginHint: "voahangy@mgs.mg",
  });
  const discovery = await (await fetch(`${op.issuer}/.well-known/openid-configuration`)).json();
  expect(discovery.ui_locales_supported).toEqual(["fr", "en"]);
});

describe("over TLS", () => {
  test("every answer asks for TLS from now on", async () => {
    for (const path of [
      "/oauth/authorize",
      "/oauth/jwks",
      "/oauth/userinfo",
      "/oauth/nowhere",
      "/.well-known/openid-configuration",
    ]) {
      const response = await fetch(`${behindTls.address}${path}`, { redirect: "manual" });
      expect(response.headers.get("strict-transport-security"), path).toBe("max-age=31536000; includeSubDomains");
      expect(response.headers.get("x-content-type-options"), path).toBe("nosniff");
    }
    const plain = await fetch(`${op.address}/oauth/jwks`);
    expect(plain.headers.get("strict-transport-security")).toBeNull();
  });

  test("an interaction is bound by a cookie that no sibling subdomain can set", async () => {
    const response = await fetch(`${behindTls.address}/oauth/authorize?${request()}`, { redirect: "manual" });
    const uid = (response.headers.get("location") ?? "").split("/").pop();
    const binding = response.headers.getSetCookie().find((line) => line.startsWith("__Host-"));
    expect(binding).toMatch(
      new RegExp(`^__Host-mgs\\.began\\.${uid}=\\d+; path=/; expires=[^;]+; samesite=lax; secure; httponly$`, "i"),
    );
  });
});
