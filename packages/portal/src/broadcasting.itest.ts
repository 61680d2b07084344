import { systemClock } from "@mgs/core/clock";
import { createSealer } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { createLogger } from "@mgs/core/logger";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createRouter, type Router } from "@mgs/http/router";
import { identity } from "@mgs/identity/module";
import { endSession } from "@mgs/identity/sessions/end-session";
import { createAuthenticateCached } from "@mgs/oidc/authenticate-cached";
import { authenticateToken } from "@mgs/oidc/authenticate-token";
import { withUnitOfWork } from "@mgs/oidc/with-unit-of-work";
import { createAuthenticate } from "@mgs/portal-auth/authenticate";
import { userChannel } from "@mgs/realtime/names";
import { createPublisher, PublishError, type Publisher, type SocketBinding } from "@mgs/realtime/server";
import { createRealtimeServer, type RealtimeServer } from "@mgs/realtime-server/server";
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from "vitest";
import { broadcastingRoutes } from "./broadcasting";

const sealer = createSealer(Buffer.alloc(32, 7).toString("base64"));
const SESSION = "0199a000-0000-7000-8000-000000000001";
const TOKEN = "a-token-of-a-person-who-listens";
const APP = { PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "key", PUSHER_APP_SECRET: "secret" };
const noEnqueuer = { enqueue: async () => true, close: async () => undefined };

let test: TestDatabase;
let realtime: RealtimeServer;
let publisher: Publisher;

beforeAll(async () => {
  test = await createTestDatabase();
  realtime = createRealtimeServer({
    apps: [{ id: "mgs", keys: [{ key: "key", secret: "secret" }] }],
    host: "127.0.0.1",
  });
  await realtime.listen(0);
  publisher = publisherAt(realtime.port);
  const { database } = test;
  await database.user.create({
    data: { id: 1, email: "one@mgs.mg", name: "One", passwordHash: "-", role: "direction" },
  });
  await database.client.create({ data: { id: "erp", name: "ERP", secretHash: "-" } });
});
afterAll(async () => {
  await realtime.close();
  await test.drop();
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

function publisherAt(port: number): Publisher {
  return createPublisher({
    ...APP,
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: port,
    PUSHER_SCHEME: "http",
    PUSHER_APP_CLUSTER: "",
  });
}

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
    publisher: { ...publisher, ...through },
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

/** Opens a socket of an old front end, which subscribes and never signs in. */
async function connect(): Promise<{ socketId: string; closed: Promise<number> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${realtime.port}/app/key?protocol=7`);
  onTestFinished(() => socket.close());
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
  const socketId = await new Promise<string>((resolve) => {
    const greeted = ({ data }: MessageEvent) => resolve(JSON.parse(JSON.parse(String(data)).data).socket_id);
    socket.addEventListener("message", greeted, { once: true });
  });
  return { socketId, closed };
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
  await publisher.terminateUser(SESSION);
  expect(await closed).toBe(4009);
});

it("refuses authorization when the session ends while the socket is being bound", async () => {
  const { socketId } = await connect();
  const routes = routesWith({
    async bindSocket(...binding) {
      await logOut();
      await publisher.bindSocket(...binding);
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
      void publisher.terminateUser(SESSION);
      return publisher.authorizeChannel(...claim);
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
