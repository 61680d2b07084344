import { clearAuditTrail } from "@mgs/audit/testing/clear-audit-trail";
import type { Actor, UserActor } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createPeopleDirectory } from "@mgs/identity/people.repository";
import { pusherEnv } from "@mgs/realtime/env";
import { sessionChannel } from "@mgs/realtime/names";
import { createPublisher, type Publisher } from "@mgs/realtime/server";
import { createRealtimeServer, type RealtimeServer } from "@mgs/realtime-server/server";
import PusherClient from "pusher-js";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

export const SYSTEM: Actor = { kind: "system", name: "test" };
export const ADMIN: UserActor = {
  kind: "user",
  userId: 1,
  role: "administrateur",
  locale: "fr",
  userSessionId: "s",
  clientId: "administration",
  scopes: [],
};
const APP = { PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "test-key", PUSHER_APP_SECRET: "test-secret" };

export let test: TestDatabase;
export let server: RealtimeServer;
export let publisher: Publisher;
const clients: PusherClient[] = [];
/** The dependencies of every use case, with the realtime server of the test unless another publisher is given. */
export const deps = (to = publisher) => ({
  database: test.database,
  people: createPeopleDirectory(test.database),
  publisher: to,
});

export const publisherAt = (port: number, secret = APP.PUSHER_APP_SECRET): Publisher =>
  createPublisher(
    pusherEnv.parse({
      ...APP,
      PUSHER_APP_SECRET: secret,
      PUSHER_HOST: "127.0.0.1",
      PUSHER_PORT: String(port),
      PUSHER_SCHEME: "http",
    }),
  );

/** Gives each test of a file a realtime server and two people, Voahangy (1) and Hery (2), in a database of the file. */
export function useStage(): void {
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());
  beforeEach(async () => {
    server = createRealtimeServer({
      apps: [{ id: APP.PUSHER_APP_ID, keys: [{ key: APP.PUSHER_APP_KEY, secret: APP.PUSHER_APP_SECRET }] }],
      host: "127.0.0.1",
      limits: { closeGraceMs: 100 },
    });
    await server.listen(0);
    publisher = publisherAt(server.port);
    await clearAuditTrail(test.database);
    await test.database.user.deleteMany();
    for (const [id, name] of [
      [1, "Voahangy"],
      [2, "Hery"],
    ] as const) {
      await test.database.user.create({
        data: { id, name, email: `${id}@mgs.mg`, role: "commercial", passwordHash: "-" },
      });
    }
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect();
    await server.close();
  });
}

/**
 * Opens a page of a person that subscribes to channels.
 * @param session of `user_sessions`; a new one when unset
 */
export async function open(userId: number, channels: readonly string[] = [], session?: string) {
  const id = session ?? uuidv7();
  if (session === undefined) await test.database.userSession.create({ data: { id, userId, oidcSessionUid: id } });
  const client = new PusherClient(APP.PUSHER_APP_KEY, {
    wsHost: "127.0.0.1",
    wsPort: server.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    cluster: "mt1",
    channelAuthorization: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId, channelName }, done) =>
        done(
          null,
          publisher.authorizeChannel(
            socketId,
            channelName,
            channelName.startsWith("presence-") ? { user_id: String(userId) } : undefined,
          ),
        ),
    },
    userAuthentication: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId }, done) => done(null, publisher.authenticateUser(socketId, { id })),
    },
  });
  clients.push(client);
  client.signin();
  const signedIn = new Promise((resolve) => client.bind("pusher:signin_success", resolve));
  await Promise.all(
    [sessionChannel(id), ...channels].map(
      (name) => new Promise((resolve) => client.subscribe(name).bind("pusher:subscription_succeeded", resolve)),
    ),
  );
  await signedIn;
  return { client, id };
}

/** The entries of the audit log in their order. */
export const audited = async () =>
  (await test.database.auditEvent.findMany({ orderBy: { id: "asc" } })).map(({ actor, action, subject, details }) => [
    actor,
    action,
    subject,
    details,
  ]);
