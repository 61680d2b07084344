import { readFileSync } from "node:fs";
import { systemClock } from "@mgs/core/clock";
import { createSealer } from "@mgs/core/crypto";
import { createLogger } from "@mgs/core/logger";
import { SCOPES, type Scope } from "@mgs/core/scopes";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import type { RouteHandlers } from "@mgs/http/route";
import { type Method, ROUTES } from "@mgs/http/routes";
import { createSendRoute } from "@mgs/notifications/http/routes";
import { noSendLimiter } from "@mgs/notifications/send-limiter";
import { createAuthenticateCached } from "@mgs/oidc/authenticate-cached";
import { authenticateToken } from "@mgs/oidc/authenticate-token";
import { withUnitOfWork } from "@mgs/oidc/with-unit-of-work";
import { CHANNEL_RULES } from "@mgs/realtime/authorize-channel";
import { createPublisher } from "@mgs/realtime/server";
import { createRealtimeServer, type RealtimeServer } from "@mgs/realtime-server/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiRoutes } from "./api-routes";
import type { Runtime } from "./runtime";

/** What each route and each channel asks of a person's token: a table of all of them, times one token a scope. */

const ORIGIN = "http://administration.test";
const SESSION = "0199a000-0000-7000-8000-000000000001";
const NOTIFICATION = "0199a000-0000-7000-8000-000000000002";
const sealer = createSealer(Buffer.alloc(32, 7).toString("base64"));
const tokenWith = (scopes: readonly Scope[]): string =>
  `a-token-of-a-person-with_${scopes.join("_").replaceAll(":", "-")}`;
const ALONE = SCOPES.map((scope) => [scope] as const);
const ALL_BUT = SCOPES.map((left) => SCOPES.filter((scope) => scope !== left));
const TOKENS: readonly (readonly Scope[])[] = [[], ...ALONE, ...ALL_BUT, SCOPES];

let test: TestDatabase;
let realtime: RealtimeServer;
let routes: Readonly<Record<string, RouteHandlers>>;

beforeAll(async () => {
  test = await createTestDatabase();
  const { database } = test;
  realtime = createRealtimeServer({
    apps: [{ id: "mgs", keys: [{ key: "key", secret: "secret" }] }],
    host: "127.0.0.1",
  });
  await realtime.listen(0);
  const lookUp = (token: string) => authenticateToken({ database, sealer }, token);
  const runtime = {
    database,
    clock: systemClock,
    logger: createLogger("test", "silent"),
    ownOrigin: ORIGIN,
    portalUrls: { administration: ORIGIN, commercial: "http://c.test", "gestion-dossier": "http://g.test" },
    enqueuer: { enqueue: async () => undefined, close: async () => undefined },
    authenticateToken: lookUp,
    authenticateCached: createAuthenticateCached(lookUp),
    publisher: createPublisher({
      PUSHER_APP_ID: "mgs",
      PUSHER_APP_KEY: "key",
      PUSHER_APP_SECRET: "secret",
      PUSHER_APP_CLUSTER: "",
      PUSHER_HOST: "127.0.0.1",
      PUSHER_PORT: realtime.port,
      PUSHER_SCHEME: "http",
    }),
  } as unknown as Runtime;
  const api = createApiRoutes(runtime, { portal: "administration", cookieName: "none", find: async () => null }, []);
  routes = {
    "api/notifications": api.notifications.list,
    "api/notifications/unread-count": api.notifications.unreadCount,
    "api/notifications/changes": api.notifications.changes,
    "api/notifications/read-all": api.notifications.readAll,
    "api/notifications/[id]": api.notifications.one,
    "api/notifications/send": createSendRoute({ ...runtime, limiter: noSendLimiter }, api.tools),
    "api/users": api.users,
    "api/me": api.me,
    "broadcasting/auth": api.broadcasting.auth,
    "broadcasting/user-auth": api.broadcasting.userAuth,
  };
  await database.user.create({
    data: { id: 1, email: "one@mgs.mg", name: "One", passwordHash: "-", role: "direction" },
  });
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

const CHANNELS = CHANNEL_RULES.map(({ pattern, scope }) => ({
  channel: pattern.replace("{id}", pattern.startsWith("private-session.") ? SESSION : "1"),
  scope,
}));

type Asked = { folder: string; method: Method; scopes: readonly Scope[]; channel?: string; query?: string };

async function ask({ folder, method, scopes, channel = "private-user.1", query = "" }: Asked): Promise<Response> {
  const route = routes[folder];
  if (!route) throw new Error(`no route ${folder}`);
  const form = folder.startsWith("broadcasting/");
  const headers = { authorization: `Bearer ${tokenWith(scopes)}` };
  const url = `${ORIGIN}/${folder.replace("[id]", NOTIFICATION)}${query}`;
  const context = { params: Promise.resolve({ id: NOTIFICATION }) };
  if (method === "GET" || method === "DELETE") return route[method](new Request(url, { method, headers }), context);
  const body = form ? new URLSearchParams({ socket_id: "1.1", channel_name: channel }) : "{}";
  const type = form ? {} : { "content-type": "application/json" };
  return route[method](new Request(url, { method, headers: { ...headers, ...type }, body }), context);
}

async function expectRefusal(response: Response, scope: Scope): Promise<void> {
  expect(response.status).toBe(403);
  expect(response.headers.get("www-authenticate")).toBe(
    `Bearer realm="mgs", error="insufficient_scope", scope="${scope}"`,
  );
  expect(await response.json()).toMatchObject({ success: false, error: { code: "INSUFFICIENT_SCOPE" } });
}

const SIGNED_IN = ROUTES.filter(({ access }) => access !== "public");
const CASES = SIGNED_IN.flatMap(({ folder, methods, scopes, query }) =>
  methods.map((method) => ({ folder, method, scope: scopes?.[method], query: query ?? "" })),
);

it("every route that asks who calls names a scope for each of its methods", () => {
  expect(Object.keys(routes).sort()).toEqual(SIGNED_IN.map(({ folder }) => folder).sort());
  const nameless = CASES.filter(({ scope }) => scope === undefined);
  expect(nameless).toEqual([]);
  expect(CASES.filter(({ scope }) => scope === null).map(({ folder }) => folder)).toEqual(["broadcasting/auth"]);
});

describe.each(CASES.filter(({ scope }) => scope))(
  "$method $folder needs $scope",
  ({ folder, method, scope, query }) => {
    it.each(TOKENS.map((scopes) => [scopes.join(" ") || "none", scopes] as const))(
      "a token with %s",
      async (_, scopes) => {
        const response = await ask({ folder, method, scopes, query });
        if (scope && !scopes.includes(scope)) await expectRefusal(response, scope);
        else expect(response.status).not.toBe(403);
      },
    );
  },
);

describe.each(CHANNELS)("$channel needs $scope", ({ channel, scope }) => {
  it.each(TOKENS.map((scopes) => [scopes.join(" ") || "none", scopes] as const))(
    "a token with %s",
    async (_, scopes) => {
      const response = await ask({ folder: "broadcasting/auth", method: "POST", scopes, channel });
      if (scopes.includes(scope)) expect(response.status).toBe(200);
      else await expectRefusal(response, scope);
    },
  );
});

it("another person's channel is refused as such, whatever the token was issued for", async () => {
  const response = await ask({
    folder: "broadcasting/auth",
    method: "POST",
    scopes: SCOPES,
    channel: "private-user.2",
  });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ error: { code: "FORBIDDEN" } });
});

it("the OpenAPI file names the same scopes", () => {
  const file = readFileSync(new URL("../../../docs/api/openapi.yaml", import.meta.url), "utf8");
  const wrong = CASES.filter(({ folder, method, scope }) => {
    const path = `\n  /${folder.replace("[id]", "{id}")}:\n`;
    const [, ofPath = ""] = file.split(path);
    const [onlyPath = ""] = ofPath.split(/\n {2}\/|\n\w/);
    const [, ofMethod = ""] = `\n${onlyPath}`.split(`\n    ${method.toLowerCase()}:\n`);
    const [operation = ""] = ofMethod.split(/\n {4}(?:get|post|patch|delete):\n/);
    return scope !== null && !operation.includes(`security: [{ oauth: ["${scope}"] }, { cookie: [] }]`);
  });
  expect(wrong).toEqual([]);
});

it("/api/me tells the address to who may read it", async () => {
  const me = async (scopes: readonly Scope[]) =>
    ((await (await ask({ folder: "api/me", method: "GET", scopes })).json()) as { data: { email?: string } }).data;
  expect(await me(["profile"])).not.toHaveProperty("email");
  expect(await me(SCOPES)).toMatchObject({ email: "one@mgs.mg", name: "One" });
});
