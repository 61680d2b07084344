import { createHash } from "node:crypto";
import type { Call } from "./call";
import { REDIRECT_URI, type WebClient } from "./people";
import type { Authorization } from "./sign-in";
import type { World } from "./world";

/** A bad request to the provider; `error` is OAuth's own code (RFC 6749 section 5.2). */
export type ProviderCase = { name: string; call: Call; status: number; error?: string };

const basic = ({ id, secret }: WebClient) => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
const FORM = "application/x-www-form-urlencoded";

function post(path: string, form: Record<string, string> | string, headers: Record<string, string> = {}): Call {
  const body = typeof form === "string" ? form : new URLSearchParams(form).toString();
  return { method: "POST", path, headers: { "content-type": FORM, ...headers }, body };
}

/** @param fresh a code that was not exchanged yet; the last case consumes it */
export function tokenCases({ clients, tokens }: World, fresh: Authorization): ProviderCase[] {
  const { web, machine, closed } = clients;
  const authorization = basic(web);
  const token = (form: Record<string, string> | string, headers: Record<string, string> = { authorization }) =>
    post("/oauth/token", form, headers);
  const exchange = (more: Record<string, string>, by: WebClient = web) =>
    token(
      {
        grant_type: "authorization_code",
        code: fresh.code,
        redirect_uri: REDIRECT_URI,
        code_verifier: fresh.verifier,
        ...more,
      },
      { authorization: basic(by) },
    );
  const grant = { status: 400, error: "invalid_grant" };
  const request = { status: 400, error: "invalid_request" };
  const client = { status: 401, error: "invalid_client" };
  return [
    { name: "no body", call: { method: "POST", path: "/oauth/token", headers: { authorization } }, ...request },
    { name: "JSON", call: token("{}", { authorization, "content-type": "application/json" }), ...request },
    { name: "no client", call: token({ grant_type: "client_credentials" }, {}), ...request },
    {
      name: "wrong secret",
      call: token({ grant_type: "client_credentials" }, { authorization: basic({ ...machine, secret: "x" }) }),
      ...client,
    },
    {
      name: "the stored hash as the secret",
      call: token(
        { grant_type: "client_credentials" },
        {
          authorization: basic({ ...machine, secret: createHash("sha256").update(machine.secret).digest("base64url") }),
        },
      ),
      ...client,
    },
    {
      name: "unknown client",
      call: token({ grant_type: "client_credentials" }, { authorization: basic({ id: "nobody", secret: "x" }) }),
      ...client,
    },
    {
      name: "a client with a NUL",
      call: token({ grant_type: "client_credentials", client_id: "a\0", client_secret: "x" }, {}),
      ...client,
    },
    {
      name: "revoked client",
      call: token({ grant_type: "client_credentials" }, { authorization: basic(closed) }),
      ...client,
    },
    {
      name: "password grant",
      call: token({ grant_type: "password", username: "a", password: "b" }),
      status: 400,
      error: "unsupported_grant_type",
    },
    {
      name: "a web client's own token",
      call: token({ grant_type: "client_credentials" }),
      // RFC 6749 asks for `unauthorized_client`; the library has it in its description.
      ...request,
    },
    {
      name: "a scope that was not registered",
      call: token(
        { grant_type: "client_credentials", scope: "notifications:send profile" },
        { authorization: basic(machine) },
      ),
      status: 400,
      error: "invalid_scope",
    },
    {
      name: "duplicate grant_type",
      call: token("grant_type=client_credentials&grant_type=client_credentials", { authorization: basic(machine) }),
      ...request,
    },
    { name: "duplicate code", call: token(`grant_type=authorization_code&code=a&code=${fresh.code}`), ...request },
    { name: "oversized", call: token(`grant_type=${"x".repeat(2_000_000)}`), ...request },
    { name: "wrong verifier", call: exchange({ code_verifier: "x".repeat(43) }), ...grant },
    { name: "short verifier", call: exchange({ code_verifier: "x" }), ...request },
    { name: "no verifier", call: exchange({ code_verifier: "" }), ...grant },
    { name: "another redirect_uri", call: exchange({ redirect_uri: `${REDIRECT_URI}/` }), ...grant },
    { name: "another client's code", call: exchange({}, clients.left), ...grant },
    { name: "an unknown code", call: exchange({ code: "A".repeat(43) }), ...grant },
    { name: "a code with a NUL", call: exchange({ code: "a\0b" }), ...grant },
    { name: "an access token as the code", call: exchange({ code: tokens.access_token }), ...grant },
    {
      name: "an access token as the refresh token",
      call: token({ grant_type: "refresh_token", refresh_token: tokens.access_token }),
      ...grant,
    },
    {
      name: "another client's refresh token",
      call: token(
        { grant_type: "refresh_token", refresh_token: tokens.refresh_token },
        { authorization: basic(clients.left) },
      ),
      ...grant,
    },
    {
      name: "a wider scope than granted",
      call: token({ grant_type: "refresh_token", refresh_token: tokens.refresh_token, scope: "openid admin" }),
      status: 400,
      error: "invalid_scope",
    },
    {
      name: "introspection without client authentication",
      call: post("/oauth/introspect", { token: tokens.access_token }),
      ...request,
    },
    { name: "introspection without a token", call: post("/oauth/introspect", {}, { authorization }), ...request },
    {
      name: "revocation without client authentication",
      call: post("/oauth/revoke", { token: tokens.access_token }),
      ...request,
    },
    { name: "two tokens to revoke", call: post("/oauth/revoke", "token=a&token=b", { authorization }), ...request },
    { name: "userinfo without a token", call: { path: "/oauth/userinfo" }, status: 401, error: "invalid_token" },
    {
      name: "userinfo with an unknown token",
      call: { path: "/oauth/userinfo", headers: { authorization: `Bearer ${"A".repeat(43)}` } },
      status: 401,
      error: "invalid_token",
    },
    {
      name: "userinfo with a token in the query",
      call: { path: `/oauth/userinfo?access_token=${tokens.access_token}` },
      status: 400,
      error: "invalid_request",
    },
  ];
}

/** Redirect URIs that resemble the registered one and differ from it. */
export const FOREIGN_REDIRECTS: readonly string[] = [
  ...[
    "https://evil.example/callback",
    `${REDIRECT_URI}/`,
    `${REDIRECT_URI}?x=1`,
    `${REDIRECT_URI}#x`,
    `${REDIRECT_URI}/../x`,
  ],
  ...[
    "http://localhost:9/Callback",
    "http://localhost:9/callback%2f..%2f",
    "http://localhost:10/callback",
    "//localhost:9/callback",
  ],
  ...["http://localhost:9@evil.example/callback", "http://localhost:9.evil.example/callback", "javascript:alert(1)"],
  ...[
    "http://127.0.0.1:9/callback",
    "HTTP://LOCALHOST:9/callback",
    " http://localhost:9/callback",
    "http://localhost:9/callback\0",
  ],
  ...["http://localhost:9/callback\r\nSet-Cookie:x=1", "data:text/html,x", "/dashboard"],
];
