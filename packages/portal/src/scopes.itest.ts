import { readFileSync } from "node:fs";
import { systemClock } from "@mgs/core/clock";
import { createSealer } from "@mgs/core/crypto";
import { createLogger } from "@mgs/core/logger";
import { SCOPES, type Scope } from "@mgs/core/scopes";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import type { Route, RouteMethod } from "@mgs/http/route";
import { createRouter, type Router } from "@mgs/http/router";
import { checkAnswer } from "@mgs/http/testing/check-answer";
import { identity } from "@mgs/identity/module";
import { messageChannels } from "@mgs/messaging/channels";
import type { Module } from "@mgs/module/module";
import { notifications } from "@mgs/notifications/module";
import { noSendLimiter } from "@mgs/notifications/send-limiter";
import { createAuthenticateCached } from "@mgs/oidc/authenticate-cached";
import { authenticateToken } from "@mgs/oidc/authenticate-token";
import { withUnitOfWork } from "@mgs/oidc/with-unit-of-work";
import { createAuthenticate } from "@mgs/portal-auth/authenticate";
import { ONLINE_USERS_CHANNEL } from "@mgs/realtime/names";
import { createPublisher } from "@mgs/realtime/server";
import { createRealtimeServer, type RealtimeServer } from "@mgs/realtime-server/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { BaseDeps } from "./base-deps";
import { baseRoutes } from "./base-routes";
import { baseOpenApi } from "./base-routes.openapi";
import { listRoutes } from "./route-table";

const MODULES: readonly Module[] = [identity, notifications];
const ROUTES: readonly Route[] = [...baseRoutes, ...MODULES.flatMap((module) => module.routes ?? [])];
/** With the one channel that everybody at work may join. */
const RULES = [
  ...MODULES.flatMap(({ channels = [] }) => channels),
  ...messageChannels({ subjects: [] }).filter(({ pattern }) => pattern === ONLINE_USERS_CHANNEL),
];
const DOCS = Object.assign({}, baseOpenApi, ...(await Promise.all(MODULES.map((module) => module.openApi?.()))));

/** Checks the scope of each route and each channel with one token for each scope. */

const ORIGIN = "http://administration.test";
const SESSION = "0199a000-0000-7000-8000-000000000001";
const NOTIFICATION = "0199a000-0000-7000-8000-000000000002";
const sealer = createSealer(Buffer.alloc(32, 7).toString("base64"));
const tokenWith = (scopes: readonly Scope[]): string =>
  `a-token-of-a-person-with_${SCOPES.map((scope) => (scopes.includes(scope) ? 1 : 0)).join("")}`;
const ALONE = SCOPES.map((scope) => [scope] as const);
const ALL_BUT = SCOPES.map((left) => SCOPES.filter((scope) => scope !== left));
const TOKENS: readonly (readonly Scope[])[] = [[], ...ALONE, ...ALL_BUT, SCOPES];

let test: TestDatabase;
let realtime: RealtimeServer;
let router: Router;

beforeAll(async () => {
  test = await createTestDatabase();
  const { database } = test;
  realtime = createRealtimeServer({
    apps: [{ id: "mgs", keys: [{ key: "key", secret: "secret" }] }],
    host: "127.0.0.1",
  });
  await realtime.listen(0);
  const lookUp = (token: string) => authenticateToken({ database, sealer }, token);
  const authenticate = createAuthenticate({
    sessions: { portal: "administration", cookieName: "none", find: async () => null },
    authenticateToken: lookUp,
    authenticateCached: createAuthenticateCached(lookUp),
  });
  const deps = {
    database,
    authenticate,
    clock: systemClock,
    logger: createLogger("test", "silent"),
    ownOrigin: ORIGIN,
    portalUrls: { administration: ORIGIN, commercial: "http://c.test", "gestion-dossier": "http://g.test" },
    enqueuer: { enqueue: async () => true, close: async () => undefined },
    limiter: noSendLimiter,
    channels: RULES,
    publisher: createPublisher({
      PUSHER_APP_ID: "mgs",
      PUSHER_APP_KEY: "key",
      PUSHER_APP_SECRET: "secret",
      PUSHER_APP_CLUSTER: "",
      PUSHER_HOST: "127.0.0.1",
      PUSHER_PORT: realtime.port,
      PUSHER_SCHEME: "http",
    }),
  } satisfies Partial<BaseDeps> & { limiter: unknown };
  router = createRouter(deps, [{ routes: ROUTES, deps }]);
  const permissions = ["people.read"];
  await database.role.create({ data: { slug: "rh", nameFr: "RH", nameEn: "HR", permissions } });
  await database.user.create({ data: { id: 1, email: "one@mgs.mg", name: "One", passwordHash: "-", role: "rh" } });
  await database.userSession.create({ data: { id: SESSION, userId: 1, oidcSessionUid: "uid" } });
  await database.client.create({ data: { id: "agenda", name: "Agenda", secretHash: "-" } });
  await withUnitOfWork({ database, sealer }, async (unit) => {
    for (const scopes of TOKENS) {
      const scope = scopes.join(" ");
      const payload = { kind: "AccessToken", clientId: "agenda", scope, accountId: "1", sessionUid: "uid" };
      unit.save({ model: "AccessToken", id: tokenWith(scopes), payload, expiresIn: 600 });
    }
  });
});
afterAll(async () => {
  await realtime.close();
  await test.drop();
});

const CHANNELS = RULES.map(({ pattern, scope }) => ({
  channel: pattern.replace("{id}", pattern.startsWith("private-session.") ? SESSION : "1"),
  scope,
}));

type Asked = { path: string; method: RouteMethod; scopes: readonly Scope[]; channel?: string; query?: string };

async function ask({ path, method, scopes, channel = "private-user.1", query = "" }: Asked): Promise<Response> {
  const form = path.startsWith("/broadcasting/");
  const headers = { authorization: `Bearer ${tokenWith(scopes)}` };
  const url = `${ORIGIN}${path.replace("{id}", NOTIFICATION)}${query}`;
  if (method === "GET" || method === "DELETE") return answerOf(new Request(url, { method, headers }));
  const body = form ? new URLSearchParams({ socket_id: "1.1", channel_name: channel }) : "{}";
  const type = form ? {} : { "content-type": "application/json" };
  return answerOf(new Request(url, { method, headers: { ...headers, ...type }, body }));
}

async function answerOf(request: Request): Promise<Response> {
  const response = await router.fetch(request);
  await checkAnswer({ routes: ROUTES, docs: DOCS }, request, response);
  return response;
}

async function expectRefusal(response: Response, scope: Scope): Promise<void> {
  expect(response.status).toBe(403);
  expect(response.headers.get("www-authenticate")).toBe(
    `Bearer realm="mgs", error="insufficient_scope", scope="${scope}"`,
  );
  expect(await response.json()).toMatchObject({ success: false, error: { code: "INSUFFICIENT_SCOPE" } });
}

const CASES = listRoutes("administration", MODULES).flatMap((route) =>
  route.access === "public"
    ? []
    : [{ path: route.path, method: route.method, scope: route.scope, query: route.query ?? "" }],
);

it("every signed-in route names a scope, except the one whose channels name theirs", () => {
  expect(CASES.length).toBeGreaterThan(10);
  expect(CASES.filter(({ scope }) => scope === null).map(({ path }) => path)).toEqual(["/broadcasting/auth"]);
});

/** Routes of people at work in Administration: a token with the scope is refused for its client. */
const OF_ADMINISTRATION: readonly string[] = ["/api/people/export", "/api/people/imports/{id}/problems"];

describe.each(CASES.filter(({ scope }) => scope))("$method $path needs $scope", ({ path, method, scope, query }) => {
  it.each(TOKENS.map((scopes) => [scopes.join(" ") || "none", scopes] as const))(
    "a token with %s",
    async (_, scopes) => {
      const response = await ask({ path, method, scopes, query });
      if (scope && !scopes.includes(scope)) await expectRefusal(response, scope);
      else if (OF_ADMINISTRATION.includes(path))
        expect(await response.json()).toMatchObject({ error: { code: "FORBIDDEN" } });
      else expect(response.status).not.toBe(403);
    },
  );
});

describe.each(CHANNELS)("$channel needs $scope", ({ channel, scope }) => {
  it.each(TOKENS.map((scopes) => [scopes.join(" ") || "none", scopes] as const))(
    "a token with %s",
    async (_, scopes) => {
      const response = await ask({ path: "/broadcasting/auth", method: "POST", scopes, channel });
      if (scopes.includes(scope)) expect(response.status).toBe(200);
      else await expectRefusal(response, scope);
    },
  );
});

it("refuses another person's channel whatever the scopes of the token", async () => {
  const response = await ask({
    path: "/broadcasting/auth",
    method: "POST",
    scopes: SCOPES,
    channel: "private-user.2",
  });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ error: { code: "FORBIDDEN" } });
});

it("the OpenAPI document names the same scopes", () => {
  const { paths } = parse(readFileSync(new URL("../../../docs/api/openapi.yaml", import.meta.url), "utf8"));
  const said = CASES.map(({ path, method }) => ({
    path,
    method,
    security: paths[path][method.toLowerCase()].security,
  }));
  const asked = CASES.map(({ path, method, scope }) => {
    const scopes = scope === null ? new Set(CHANNELS.map((channel) => channel.scope)) : [scope];
    return { path, method, security: [...[...scopes].sort().map((one) => ({ oauth: [one] })), { cookie: [] }] };
  });
  expect(said).toEqual(asked);
});

it("/api/me returns the e-mail address to tokens with the scope email", async () => {
  const me = async (scopes: readonly Scope[]) =>
    ((await (await ask({ path: "/api/me", method: "GET", scopes })).json()) as { data: { email?: string } }).data;
  expect(await me(["profile"])).not.toHaveProperty("email");
  expect(await me(SCOPES)).toMatchObject({ email: "one@mgs.mg", name: "One" });
});
