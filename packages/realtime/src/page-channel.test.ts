import { createRealtimeServer } from "@mgs/realtime-server/server";
import Pusher from "pusher-js";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { pusherEnv } from "./env";
import { type ChannelMember, joinChannel } from "./page-channel";
import { createPublisher, type Publisher } from "./server";

const credentials = { PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "test-key", PUSHER_APP_SECRET: "test-secret" };
let server: ReturnType<typeof createRealtimeServer>;
let publisher: Publisher;
const pushers: Pusher[] = [];

beforeAll(async () => {
  server = createRealtimeServer({
    apps: [{ id: "mgs", keys: [{ key: "test-key", secret: "test-secret" }] }],
    host: "127.0.0.1",
    limits: { closeGraceMs: 100 },
  });
  await server.listen(0);
  const address = { PUSHER_HOST: "127.0.0.1", PUSHER_PORT: String(server.port), PUSHER_SCHEME: "http" };
  publisher = createPublisher(pusherEnv.parse({ ...credentials, ...address }));
});
afterEach(() => {
  for (const pusher of pushers.splice(0)) pusher.disconnect();
});
afterAll(() => server.close());

/** A tab of a person, as a portal's page has it. */
function openTab(id: number, refused = false): Pusher {
  const pusher = new Pusher("test-key", {
    ...{ cluster: "mt1", wsHost: "127.0.0.1", wsPort: server.port, forceTLS: false, enabledTransports: ["ws"] },
    channelAuthorization: {
      customHandler: ({ socketId, channelName }, done) => {
        if (refused) return done(new Error("refused"), null);
        const member = { user_id: String(id), user_info: { name: `Rado ${id}` } };
        done(
          null,
          publisher.authorizeChannel(socketId, channelName, channelName.startsWith("presence-") ? member : undefined),
        );
      },
    },
  } as ConstructorParameters<typeof Pusher>[1]);
  pushers.push(pusher);
  return pusher;
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 20 });

test("members are told with every arrival and departure; three tabs of a person are one", async () => {
  const heard: (readonly ChannelMember[])[] = [];
  joinChannel(openTab(1), "presence-dossier.1", { onMembers: (members) => heard.push(members) });
  await until(() => expect(heard.at(-1)).toEqual([{ id: 1, name: "Rado 1" }]));
  const tabs = [1, 2, 3].map(() => joinChannel(openTab(2), "presence-dossier.1", {}));
  await until(() =>
    expect(heard.at(-1)).toEqual([
      { id: 1, name: "Rado 1" },
      { id: 2, name: "Rado 2" },
    ]),
  );
  for (const tab of tabs) tab.leave();
  await until(() => expect(heard.at(-1)).toEqual([{ id: 1, name: "Rado 1" }]));
});

test("a client event comes with who sent it, and what a part that has left would hear is not called", async () => {
  const [gone, heard] = [vi.fn(), vi.fn()];
  const receiver = openTab(1);
  const part = joinChannel(receiver, "presence-dossier.2", { events: { "client-editing": gone } });
  const listening = vi.fn();
  joinChannel(receiver, "presence-dossier.2", { events: { "client-editing": heard }, onListening: listening });
  part.leave();
  await until(() => expect(listening).toHaveBeenCalledOnce());
  const ready = vi.fn();
  const sender = joinChannel(openTab(2), "presence-dossier.2", { onListening: ready });
  expect(sender.send("client-editing", {})).toBe(false);
  await until(() => expect(ready).toHaveBeenCalled());
  expect(sender.send("client-editing", { dirty: true })).toBe(true);
  await until(() => expect(heard).toHaveBeenCalledWith({ dirty: true }, 2));
  expect(gone).not.toHaveBeenCalled();
});

test("a part that comes later to a channel that is there listens at once; the last one that leaves ends it", async () => {
  const pusher = openTab(1);
  const [first, second] = [vi.fn(), vi.fn()];
  const parts = [joinChannel(pusher, "private-dossier.3", { onListening: first })];
  await until(() => expect(first).toHaveBeenCalledOnce());
  parts.push(joinChannel(pusher, "private-dossier.3", { onListening: second }));
  expect(second).toHaveBeenCalledOnce();
  parts[0]?.leave();
  expect(pusher.channel("private-dossier.3")).toBeDefined();
  parts[1]?.leave();
  expect(pusher.channel("private-dossier.3")).toBeUndefined();
});

test("a refusal is told", async () => {
  const refused = vi.fn();
  joinChannel(openTab(1, true), "private-dossier.4", { onRefused: refused });
  await until(() => expect(refused).toHaveBeenCalled());
});
