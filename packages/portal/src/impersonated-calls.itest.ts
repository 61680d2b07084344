import { systemClock } from "@mgs/core/clock";
import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import { createLogger } from "@mgs/core/logger";
import { createRouter } from "@mgs/http/router";
import { identityAsyncApi } from "@mgs/identity/channels.asyncapi";
import { announceSessionChange } from "@mgs/identity/impersonation/announce-session-change";
import { endStaleImpersonations } from "@mgs/identity/impersonation/end-stale-impersonations";
import { identity } from "@mgs/identity/module";
import { messageChannels } from "@mgs/messaging/channels";
import { createAuthenticate } from "@mgs/portal-auth/authenticate";
import { createPortalSession } from "@mgs/portal-auth/portal-sessions.repository";
import { createPortalSessions } from "@mgs/portal-auth/session";
import { ONLINE_USERS_CHANNEL, sessionChannel, userChannel } from "@mgs/realtime/names";
import type { Publisher } from "@mgs/realtime/server";
import { checkEvent } from "@mgs/realtime/testing/check-event";
import { beforeEach, describe, expect, it } from "vitest";
import { broadcastingRoutes } from "./broadcasting";
import { endImpersonationRoute } from "./end-impersonation-route";
import { recordWrite } from "./record-write";
import { noEnqueuer, sealer, useRealtimeStage } from "./testing/use-realtime-stage";

/** What the browser of an administrator who acts in a person's name gets from the routes of Commercial. */

const ORIGIN = "http://c.test";
const [ADMIN, PERSON] = [1, 2];
const TOKEN = "the-administrators-cookie";
const test = useRealtimeStage();
const { connect } = test;
let signIn: string;
let impersonation: string;
beforeEach(async () => {
  const { database } = test;
  await database.user.deleteMany();
  await database.outbox.deleteMany();
  const people = [
    { id: ADMIN, name: "Voahangy", role: "administrateur" },
    { id: PERSON, name: "Hery", role: "commercial" },
  ];
  for (const one of people)
    await database.user.create({ data: { ...one, email: `u${one.id}@mgs.mg`, passwordHash: "-" } });
  [signIn, impersonation] = [uuidv7(), uuidv7()];
  await database.userSession.create({ data: { id: signIn, userId: ADMIN, oidcSessionUid: signIn } });
  const expiresAt = new Date(Date.now() + 3_600_000);
  const tokens = { accessToken: "a", refreshToken: null, accessExpiresAt: expiresAt };
  const session = {
    token: TOKEN,
    portal: "commercial",
    userId: ADMIN,
    userSessionId: signIn,
    expiresAt,
    tokens,
  } as const;
  await createPortalSession({ database, sealer }, session);
  await database.impersonation.create({
    data: {
      ...{ id: impersonation, administratorId: ADMIN, userId: PERSON, userSessionId: signIn, reason: "help" },
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
});

function routerWith(through: Partial<Publisher> = {}) {
  const { database } = test;
  const sessions = createPortalSessions({ portal: "commercial", env: { NEXTAUTH_URL: ORIGIN } as never, database });
  const none = () => Promise.reject(new AppError("UNAUTHENTICATED"));
  const authenticate = createAuthenticate({ sessions, authenticateToken: none, authenticateCached: none });
  const deps = {
    ...{ database, clock: systemClock, enqueuer: noEnqueuer, sessions, portal: "commercial", ownOrigin: ORIGIN },
    portalUrls: { administration: "http://a.test" },
    publisher: { ...test.publisher, ...through },
    authenticate,
    channels: [...(identity.channels ?? []), ...messageChannels({ subjects: [] })],
  };
  const logger = createLogger("test", "silent");
  const settings = {
    ...{ authenticate, ownOrigin: ORIGIN, logger },
    beforeWrite: (call: Parameters<typeof recordWrite>[1]) => recordWrite(database, call),
  };
  const routes = [...(identity.routes ?? []), ...broadcastingRoutes, endImpersonationRoute];
  const router = createRouter(settings, [{ routes, deps }]);
  const headers = { cookie: `mgs.commercial.session=${TOKEN}`, origin: ORIGIN };
  return async (method: string, path: string, body?: BodyInit) => {
    const type = typeof body === "string" ? { "content-type": "application/json" } : {};
    const init = { method, headers: { ...headers, ...type }, ...(body === undefined ? {} : { body }) };
    return router.fetch(new Request(ORIGIN + path, init));
  };
}

const acts = () =>
  test.database.auditEvent.findMany({ where: { action: "impersonation.acted", userSessionId: signIn } });
const join = (call: ReturnType<typeof routerWith>, socketId: string, channel: string) =>
  call("POST", "/broadcasting/auth", new URLSearchParams({ socket_id: socketId, channel_name: channel }));

/** Runs the outbox rows that tell a browser as whom it goes on. */
async function announce(): Promise<void> {
  for (const { id, payload } of await test.database.outbox.findMany({ where: { kind: "session.changed" } }))
    await announceSessionChange(
      {
        publisher: {
          ...test.publisher,
          async trigger(channel: string, event: string, data: object) {
            checkEvent(identityAsyncApi, channel, event, data);
            await test.publisher.trigger(channel, event, data);
          },
        },
      } as never,
      { id, payload } as never,
    );
}

describe("while an administrator acts in a person's name", () => {
  it("the portal answers as that person, and writes both names before it changes anything", async () => {
    const call = routerWith();
    expect(await (await call("GET", "/api/me")).json()).toMatchObject({ data: { id: PERSON, name: "Hery" } });
    expect(await acts()).toEqual([]);
    expect((await call("PATCH", "/api/me", JSON.stringify({ theme: "dark" }))).status).toBe(200);
    expect((await call("PATCH", "/api/me", JSON.stringify({ theme: "no theme" }))).status).toBe(422);
    expect(await test.database.user.findUnique({ where: { id: PERSON } })).toMatchObject({ theme: "dark" });
    expect(await test.database.user.findUnique({ where: { id: ADMIN } })).toMatchObject({ theme: "system" });
    const written = { actor: `user:${PERSON}`, impersonatorId: ADMIN, userSessionId: signIn, clientId: "commercial" };
    expect(await acts()).toMatchObject([written, written]);
  });

  it("the sockets join the person's channels, and presence names the administrator", async () => {
    const call = routerWith();
    const { socketId } = await connect();
    expect((await join(call, socketId, userChannel(PERSON))).status).toBe(200);
    expect((await join(call, socketId, userChannel(ADMIN))).status).toBe(403);
    expect((await join(call, socketId, sessionChannel(signIn))).status).toBe(200);
    const presence = (await (await join(call, socketId, ONLINE_USERS_CHANNEL)).json()) as { channel_data: string };
    expect(JSON.parse(presence.channel_data)).toEqual({ user_id: String(ADMIN), user_info: { name: "Voahangy" } });
    expect(await acts()).toEqual([]);
  });

  it("the button closes the person's sockets, leads back to their page, and leaves the administrator signed in", async () => {
    const call = routerWith();
    const { socketId, closed } = await connect();
    await join(call, socketId, userChannel(PERSON));
    const answer = await call("POST", "/api/impersonation/end");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `http://a.test/console/personnes/${PERSON}`]);
    await announce();
    expect(await closed).toBe(4009);
    expect(await (await call("GET", "/api/me")).json()).toMatchObject({ data: { id: ADMIN } });
    expect(await acts()).toEqual([]);
  });

  it("time closes them: by the sweep, and at the realtime server itself where no worker runs", async () => {
    const call = routerWith();
    const bound: Date[] = [];
    const binds = routerWith({ bindSocket: async (_, { expiresAt }) => void bound.push(expiresAt) });
    await join(binds, "1.1", userChannel(PERSON));
    const { expiresAt } = await test.database.impersonation.findFirstOrThrow();
    expect(bound).toEqual([expiresAt]);

    const { socketId, closed } = await connect();
    await join(call, socketId, userChannel(PERSON));
    await test.database.impersonation.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await join(call, socketId, userChannel(PERSON))).status).toBe(403);
    expect(await endStaleImpersonations({ database: test.database, enqueuer: noEnqueuer })).toBe(1);
    await announce();
    expect(await closed).toBe(4009);
  });

  it("a socket that is being bound when it ends gets no authorization", async () => {
    const end = routerWith();
    const call = routerWith({
      async bindSocket(...binding) {
        await end("POST", "/api/impersonation/end");
        await test.publisher.bindSocket(...binding);
      },
    });
    const { socketId } = await connect();
    const answer = await join(call, socketId, userChannel(PERSON));
    expect(answer.status).toBe(401);
    expect(await answer.json()).not.toHaveProperty("auth");
  });

  it("a socket signs in as the impersonation, whose end closes it also at a server without bindings", async () => {
    const { socketId } = await connect();
    const answer = await routerWith()("POST", "/broadcasting/user-auth", new URLSearchParams({ socket_id: socketId }));
    const { user_data } = (await answer.json()) as { user_data: string };
    expect(JSON.parse(user_data)).toEqual({ id: `impersonation-${impersonation}` });
  });

  it("the browser's portal session and its tokens stay the administrator's", async () => {
    await routerWith()("GET", "/api/me");
    const tokenHash = sha256(TOKEN);
    expect(await test.database.portalSession.findMany()).toMatchObject([
      { userId: ADMIN, userSessionId: signIn, tokenHash },
    ]);
    expect(await test.database.userSession.count({ where: { userId: PERSON } })).toBe(0);
  });
});
