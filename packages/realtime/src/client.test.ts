import { createRealtimeServer } from "@mgs/realtime-server/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ConnectionState, connectRealtime, type OnlineList, type RealtimeHandlers } from "./client";
import { pusherEnv } from "./env";
import { sessionChannel, userChannel } from "./names";
import { joinChannel } from "./page-channel";
import { createPublisher, type Publisher } from "./server";

const LONG_MS = 60_000;
const credentials = { PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "test-key", PUSHER_APP_SECRET: "test-secret" };
let server: ReturnType<typeof createRealtimeServer>;
let publisher: Publisher;
let pages: AbortController[] = [];

/** The portal's answers to the authorization of a channel, before it grants all. */
let refusals: Map<string, (() => Response)[]>;
/** Channels that were asked for, in order. */
let asked: string[];

beforeEach(async () => {
  server = createRealtimeServer({
    apps: [{ id: "mgs", keys: [{ key: "test-key", secret: "test-secret" }] }],
    host: "127.0.0.1",
    limits: { closeGraceMs: 100, maxPresenceMembers: 1 },
  });
  await server.listen(0);
  const address = { PUSHER_HOST: "127.0.0.1", PUSHER_PORT: String(server.port), PUSHER_SCHEME: "http" };
  publisher = createPublisher(pusherEnv.parse({ ...credentials, ...address }));
  refusals = new Map();
  asked = [];
});
afterEach(async () => {
  for (const page of pages) page.abort();
  pages = [];
  await server.close();
  vi.unstubAllGlobals();
});

/** What a page does, with the real pusher-js, as the person `userId`. */
function openPage(userId: number) {
  const page = new AbortController();
  pages.push(page);
  const heard = { states: [] as ConnectionState[], members: [] as OnlineList[], unauthorized: 0, listening: 0 };
  const handlers: RealtimeHandlers = {
    onState: (state) => heard.states.push(state),
    onListening: () => heard.listening++,
    onMembers: (members) => heard.members.push(members),
    onUnauthorized: () => heard.unauthorized++,
    onNotification: () => {},
    onInboxChanged: () => {},
    onConversationsChanged: () => {},
    onMaintenanceChanged: () => {},
    onSessionEnded: () => {},
    onSessionChanged: () => {},
  };
  const settings = { key: "test-key", cluster: "mt1", host: "127.0.0.1", port: server.port, tls: false };
  const identity = { userId, userSessionId: `s${userId}` };
  const connection = connectRealtime(settings, identity, handlers, page.signal);
  page.signal.addEventListener("abort", () => void connection.then((open) => open?.close()));
  return { heard, connection, close: () => page.abort() };
}

/** A portal that signs for `userId`. */
function stubPortal(userId: () => number): void {
  vi.stubGlobal("fetch", async (input: string, init: { body: URLSearchParams }) => {
    const socketId = init.body.get("socket_id") ?? "";
    if (input === "/broadcasting/user-auth")
      return Response.json(publisher.authenticateUser(socketId, { id: String(userId()) }));
    const channel = init.body.get("channel_name") ?? "";
    asked.push(channel);
    const refusal = refusals.get(channel)?.shift();
    if (refusal) return refusal();
    const member = { user_id: String(userId()), user_info: { name: `Rado ${userId()}` } };
    const presence = channel.startsWith("presence-") ? member : undefined;
    return Response.json(publisher.authorizeChannel(socketId, channel, presence));
  });
}

const status = (code: number) => () => new Response(null, { status: code });
const until = (check: () => void) => vi.waitFor(check, { timeout: LONG_MS, interval: 20 });

test.each([
  ["the person's", userChannel(1)],
  ["the session's", sessionChannel("s1")],
])(
  "%s channel refused once: the page says that it is not live, asks again, and is live",
  { timeout: LONG_MS },
  async (_, channel) => {
    refusals.set(channel, [status(403)]);
    stubPortal(() => 1);
    const { heard } = openPage(1);
    await until(() => expect(heard.states).toContain("unavailable"));
    await until(() => expect(heard.states.at(-1)).toBe("connected"));
    expect(asked.filter((name) => name === channel)).toHaveLength(2);
    expect(heard.unauthorized).toBe(0);
  },
);

test("a 401 is told at each try, and the page is live once the portal grants", { timeout: LONG_MS }, async () => {
  refusals.set(userChannel(1), [status(401), status(401)]);
  stubPortal(() => 1);
  const { heard } = openPage(1);
  await until(() => expect(heard.listening).toBe(1));
  expect(heard.unauthorized).toBe(2);
  expect(heard.states.at(-1)).toBe("connected");
});

test("a signature that the server refuses is asked for again", { timeout: LONG_MS }, async () => {
  refusals.set(userChannel(1), [() => Response.json({ auth: "test-key:wrong" })]);
  stubPortal(() => 1);
  const { heard } = openPage(1);
  await until(() => expect(heard.states).toContain("unavailable"));
  await until(() => expect(heard.listening).toBe(1));
  expect(heard.states.at(-1)).toBe("connected");
});

test("no room among those online: the page is told, and joins when somebody leaves", { timeout: LONG_MS }, async () => {
  let userId = 1;
  stubPortal(() => userId);
  const first = openPage(1);
  await until(() => expect(first.heard.members).toEqual([[{ id: 1, name: "Rado 1" }]]));
  userId = 2;
  const second = openPage(2);
  await until(() => expect(second.heard.members).toContain("full"));
  await until(() => expect(second.heard.states.at(-1)).toBe("connected"));
  first.close();
  await until(() => expect(second.heard.members.at(-1)).toEqual([{ id: 2, name: "Rado 2" }]));
});

test("a part of the page hears that its open channel is refused from now on", {
  timeout: LONG_MS,
}, async () => {
  stubPortal(() => 1);
  const { connection } = openPage(1);
  const open = await connection;
  if (!open) throw new Error("there is no connection");
  const name = "private-dossier.9";
  const [listening, refused] = [vi.fn(), vi.fn()];
  joinChannel(open.pusher, name, { onListening: listening, onRefused: refused });
  await until(() => expect(listening).toHaveBeenCalledOnce());
  refusals.set(
    name,
    Array.from({ length: 20 }, () => status(403)),
  );
  const socketId = open.pusher.connection.socket_id;
  await publisher.bindSocket(socketId, {
    ...{ holders: ["person-1"], expiresAt: new Date(Date.now() + 3_600_000), mutedChannels: [] },
  });
  await publisher.reauthorizeUser("person-1");
  await until(() => expect(refused).toHaveBeenCalledOnce());
  expect(open.pusher.connection.socket_id).not.toBe(socketId);
});
