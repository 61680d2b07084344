import { systemClock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { createLogger } from "@mgs/core/logger";
import { createRouter, type Router } from "@mgs/http/router";
import { identity } from "@mgs/identity/module";
import { endSession } from "@mgs/identity/sessions/end-session";
import { createAuthenticateCached } from "@mgs/oidc/authenticate-cached";
import { authenticateToken } from "@mgs/oidc/authenticate-token";
import { withUnitOfWork } from "@mgs/oidc/with-unit-of-work";
import { createAuthenticate } from "@mgs/portal-auth/authenticate";
import { userChannel } from "@mgs/realtime/names";
import { PublishError, type Publisher, type SocketBinding } from "@mgs/realtime/server";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { broadcastingRoutes } from "./broadcasting";
import { noEnqueuer, sealer, useRealtimeStage } from "./testing/use-realtime-stage";

const SESSION = "0199a000-0000-7000-8000-000000000001";
const TOKEN = "a-token-of-a-person-who-listens";
const test = useRealtimeStage();
const { connect } = test;

beforeAll(async () => {
  const { database } = test;
  await database.user.create({
    data: { id: 1, email: "one@mgs.mg", name: "One", passwordHash: "-", role: "direction" },
  });
  await database.client.create({ data: { id: "erp", name: "ERP", secretHash: "-" } });
});
/** Resets the user session and the token. */
beforeEach(async () => {
  const { database } = test;
  await database.userSession.deleteMany();
  await database.userSession.create({ data: { id: SESSION, userId: 1, oidcSessionUid: "uid" } });
  const payload = {
    kind: "AccessToken",
    clientId: "erp",
    scope: "openid notifications:read",
    accountId: "1",
    sessionUid: "uid",
    grantId: "grant",
    exp: Math.floor(Date.now() / 1_000) + 600,
  };
  await withUnitOfWork({ database, sealer }, async (unit) => {
    unit.save({ model: "AccessToken", id: TOKEN, payload, expiresIn: 600 });
  });
});

/** Makes the router of a portal; `through` replaces functions of the publisher. */
function routesWith(through: Partial<Publisher> = {}): Router {
  const { database } = test;
  const lookUp = (token: string) => authenticateToken({ database, sealer }, token);
  const authenticate = createAuthenticate({
    sessions: { portal: "commercial", cookieName: "none", find: async () => null },
    authenticateToken: lookUp,
    authenticateCached: createAuthenticateCached(lookUp),
  });
  const deps = {
    database,
    clock: systemClock,
    publisher: { ...test.publisher, ...through },
    authenticate,
    channels: identity.channels,
  };
  const settings = { authenticate, ownOrigin: "http://c.test", logger: createLogger("test", "silent") };
  return createRouter(settings, [{ routes: broadcastingRoutes, deps }]);
}

async function ask(router: Router, socketId: string): Promise<{ status: number; body: unknown }> {
  const response = await router.fetch(
    new Request("http://c.test/broadcasting/auth", {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
      body: new URLSearchParams({ socket_id: socketId, channel_name: userChannel(1) }),
    }),
  );
  return { status: response.status, body: await response.json() };
}

const logOut = () =>
  endSession(
    { database: test.database, enqueuer: noEnqueuer, clock: systemClock, identityHooks: [] },
    { kind: "system", name: "test" },
    { userSessionId: SESSION, reason: "logout" },
  );

it("binds a socket to its user session before the answer, also when the socket does not sign in", async () => {
  const { socketId, closed } = await connect();
  expect(await ask(routesWith(), socketId)).toMatchObject({ status: 200, body: { auth: expect.any(String) } });
  await test.publisher.terminateUser(SESSION);
  expect(await closed).toBe(4009);
});

it("sends a person's socket away to authorize again when they may read less, and leaves others alone", async () => {
  const { socketId, closed } = await connect();
  expect((await ask(routesWith(), socketId)).status).toBe(200);
  await test.publisher.reauthorizeUser("person-2");
  await test.publisher.reauthorizeUser("person-1");
  expect(await closed).toBe(4200);
});

it("refuses authorization when the session ends while the socket is being bound", async () => {
  const { socketId } = await connect();
  const routes = routesWith({
    async bindSocket(...binding) {
      await logOut();
      await test.publisher.bindSocket(...binding);
    },
  });
  const { status, body } = await ask(routes, socketId);
  expect(status).toBe(401);
  expect(body).not.toHaveProperty("auth");
});

it("closes the socket of a session that ends right after the second check", async () => {
  const { socketId, closed } = await connect();
  const routes = routesWith({
    authorizeChannel(...claim) {
      // The session's end is committed after the second check, so its event comes after this moment.
      void test.publisher.terminateUser(SESSION);
      return test.publisher.authorizeChannel(...claim);
    },
  });
  expect((await ask(routes, socketId)).status).toBe(200);
  expect(await closed).toBe(4009);
});

it("binds a token's socket to the token's lifetime, its client and its grant", async () => {
  const bound: SocketBinding[] = [];
  const routes = routesWith({
    bindSocket: async (_socketId, binding) => void bound.push(binding),
  });
  await ask(routes, "1.1");
  const [binding] = bound;
  expect(binding?.holders).toEqual([
    SESSION,
    "person-1",
    expect.stringMatching(/^client-[\w-]{43}$/),
    expect.stringMatching(/^grant-[\w-]{43}$/),
  ]);
  expect(binding?.expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 600_000);
});

it("answers 503 with Retry-After while the realtime server is away", async () => {
  const away = new AppError("UNAVAILABLE");
  const routes = routesWith({ bindSocket: () => Promise.reject(new PublishError(undefined)) });
  expect(await ask(routes, "1.1")).toMatchObject({ status: away.status, body: { error: { code: "UNAVAILABLE" } } });
});

it("authorizes an unknown socket id, whose signature is of no use", async () => {
  expect((await ask(routesWith(), "1.1")).status).toBe(200);
});
