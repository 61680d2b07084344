import { setImmediate as nextTurn } from "node:timers/promises";
import { queryObjects, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { sign } from "./auth/hmac";
import { createLocalCluster } from "./cluster/local-cluster";
import { Connection } from "./hub/connection";
import { isLongRun, LONG_TIMEOUT_MS } from "./testing/long-runs";
import { APP, startServer, type TestServer } from "./testing/start-server";

const [ROUNDS, CLIENTS] = isLongRun ? [20, 2_000] : [3, 200];
/** So many at once, or the kernel's queue of new connections is what is tested. */
const MAX_CONCURRENT = 100;

/** One client: connects, signs in, watches, joins four channels, and leaves in one of three ways. */
async function visit(port: number, round: number, index: number): Promise<void> {
  // Another address each round: a closed connection keeps its pair of ports for a minute.
  const localAddress = `127.0.0.${2 + (round % 200)}`;
  const ws = new WebSocket(`ws://127.0.0.1:${port}/app/${APP.key}?protocol=7`, { localAddress });
  const closed = new Promise<void>((resolve) => void ws.once("close", () => resolve()));
  ws.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    let awaited = 5;
    ws.on("message", (text) => {
      const message: { event: string; data: string } = JSON.parse(String(text));
      if (message.event === "pusher:connection_established") enter(ws, JSON.parse(message.data).socket_id, index);
      if (/subscription_succeeded|signin_success/.test(message.event)) awaited--;
      if (awaited === 0) resolve();
    });
  });
  if (index % 3 === 0) {
    ws.send(JSON.stringify({ event: "pusher:unsubscribe", data: { channel: `private-${index % 50}` } }));
    ws.close(1000);
  } else if (index % 3 === 1) {
    ws.terminate();
  } else {
    (ws as unknown as { _socket: { resetAndDestroy(): void } })._socket.resetAndDestroy();
  }
  await closed;
}

function enter(ws: WebSocket, socketId: string, index: number): void {
  const send = (event: string, data: unknown): void => ws.send(JSON.stringify({ event, data }));
  const auth = (text: string): string => `${APP.key}:${sign(APP.secret, text)}`;
  const userData = JSON.stringify({ id: `u${index % 100}`, watchlist: [`u${index % 7}`, `w${index}`] });
  send("pusher:signin", { auth: auth(`${socketId}::user::${userData}`), user_data: userData });
  send("pusher:subscribe", { channel: "everybody" });
  send("pusher:subscribe", { channel: `private-${index % 50}`, auth: auth(`${socketId}:private-${index % 50}`) });
  send("pusher:subscribe", { channel: `cache-own-${index}` });
  const channel = `presence-${index % 60}`;
  const channelData = JSON.stringify({ user_id: `u${index}` });
  send("pusher:subscribe", { channel, auth: auth(`${socketId}:${channel}:${channelData}`), channel_data: channelData });
}

async function runRound({ server, port }: TestServer, round: number): Promise<void> {
  for (let from = 0; from < CLIENTS; from += MAX_CONCURRENT) {
    await Promise.all(Array.from({ length: MAX_CONCURRENT }, (_, index) => visit(port, round, from + index)));
  }
  await expect
    .poll(() => server.statistics(), { timeout: 30_000 })
    .toMatchObject({ connections: 0, channels: 0, signedInUsers: 0 });
}

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
const listeners = (): number => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

it(
  `after ${ROUNDS} rounds of ${CLIENTS} clients everything is as it was`,
  async () => {
    const local = createLocalCluster(50);
    const topics = new Map<string, number>();
    const addListeners = (topic: string, by: number): void => {
      const uses = (topics.get(topic) ?? 0) + by;
      if (uses === 0) topics.delete(topic);
      else topics.set(topic, uses);
    };
    const cluster = {
      ...local,
      listen: (_appId: string, topic: string) => addListeners(topic, 1),
      unlisten: (_appId: string, topic: string) => addListeners(topic, -1),
    };
    const limits = { maxPresenceMembers: 10_000, maxConnectionsPerAddress: 10_000 };
    const server = await startServer({ limits, options: { cluster } });
    await runRound(server, 0);
    const before = { timers: timers(), listeners: listeners() };
    const heap: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      await runRound(server, round);
      collectGarbage();
      heap.push(process.memoryUsage().heapUsed);
    }
    expect([...topics.keys()]).toEqual([]);
    expect(await local.listChannels(APP.id, "")).toEqual([]);
    for (let index = 0; index < 60; index++) expect(local.knownMembers(APP.id, `presence-${index}`).size).toBe(0);
    expect(listeners()).toBe(before.listeners);
    // Not `expect.poll`, which has a timer of its own.
    while (timers() > before.timers) await nextTurn();
    // Whatever still knew of a client, a set, a timer or a closure, would keep its connection.
    await expect.poll(() => queryObjects(Connection, { format: "count" }), { interval: 500 }).toBe(0);
    if (isLongRun) expect(heap.at(-1)).toBeLessThan((heap[4] ?? 0) * 1.1);
  },
  LONG_TIMEOUT_MS,
);
