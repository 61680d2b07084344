import { createHmac } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { userChannel } from "@mgs/realtime/names";
import { WebSocket } from "ws";
import { startFloor } from "../children";
import { measureInterleaved, percentile, type Sample } from "../measure";
import type { Line } from "../report";
import { createSendRequest, openConnections, sendAccepted } from "../sends";
import type { Suite } from "../suite";
import { warmUp } from "../warm-up";
import { FIRST_PERSON_ID, requestMachineToken, type World } from "../world";

const READER_COUNT = 10;
const SENDS_PER_SECOND = 100;
const CONNECTION_COUNT = 32;
/** Pause between two single sends. */
const PAUSE_MS = 200;
/** A frame that has not arrived by then counts as lost. */
const FRAME_TIMEOUT_MS = 20_000;

type DeliveryTarget = {
  port: number;
  open(person: number, onText: (text: string) => void): Promise<WebSocket>;
  /** Waits until all deliveries of a round have ended, so that its mails do not slow the other side's round. */
  waitUntilDelivered(): Promise<void>;
};

/** Measures the time from the first byte of a POST to its frame in a reader's socket. */
export const deliver: Suite = async (world, { rounds, seconds, quick }) => {
  const token = await requestMachineToken(world);
  const push = await startFloor("push.ts", { REDIS_URL: world.redisUrl });
  const accept = await startFloor("accept.ts", { DATABASE_URL: world.floorDatabaseUrl, REDIS_URL: world.redisUrl });
  const administration = world.instance.ports.administration ?? 0;
  const targets: Record<string, DeliveryTarget> = {
    product: {
      port: administration,
      open: createPusherOpener(world),
      waitUntilDelivered: () => world.delivered(),
    },
    floor: { port: accept.port, open: createPlainOpener(push.port), waitUntilDelivered: async () => undefined },
  };
  const lines: Line[] = [];
  try {
    await warmUp(world, token, [administration, accept.port], quick);
    for (const [what, round] of [
      ["idle", measureIdle(quick ? 20 : 60)],
      [`under ${SENDS_PER_SECOND} POSTs a second`, measureUnderLoad(Math.max(2, seconds))],
    ] as const) {
      await world.reset();
      const results = await measureInterleaved(
        rounds,
        Object.entries(targets).map(([name, target]) => ({
          name,
          async round() {
            const sample = await round(target, token);
            await target.waitUntilDelivered();
            return sample;
          },
        })),
      );
      for (const [name, aim] of [
        ["p50", 2],
        ["p99", 3],
      ] as const) {
        const all = (side: string) => results[side]?.rounds.map((sample) => sample[name] ?? 0) ?? [];
        lines.push({
          suite: "deliver",
          what: `POST → frame, ${what}, ${name}`,
          unit: "ms",
          value: results.product?.median[name] ?? Number.NaN,
          floor: results.floor?.median[name] ?? Number.NaN,
          aim,
          rounds: { value: all("product"), floor: all("floor") },
        });
      }
    }
  } finally {
    await Promise.all([push.stop(), accept.stop()]);
    await world.reset();
  }
  return lines;
};

/** Sends one POST after the other: the next one begins when the last frame has arrived. */
function measureIdle(count: number) {
  return async (target: DeliveryTarget, token: string): Promise<Sample> => {
    const sockets = await openSockets(target);
    const [connection] = await openConnections(target.port, 1);
    if (!connection) throw new Error("no connection");
    const times: number[] = [];
    for (let index = 0; index < count + 5; index++) {
      const { person, mark, frame } = sockets.expectFrame();
      const startedAt = performance.now();
      await sendAccepted(connection, createSendRequest(token, person, mark));
      const time = (await frame) - startedAt;
      if (index >= 5) times.push(time);
      // After the pause the send's work has ended, except now and then its mail.
      await wait(PAUSE_MS);
    }
    connection.close();
    sockets.close();
    return summarize(times);
  };
}

/** Sends POSTs at a steady rate, whether the last frame has arrived or not. */
function measureUnderLoad(seconds: number) {
  return async (target: DeliveryTarget, token: string): Promise<Sample> => {
    const sockets = await openSockets(target);
    const open = await openConnections(target.port, CONNECTION_COUNT);
    // Each connection sends one POST after the other; the time in its queue counts.
    const queues = open.map(() => Promise.resolve());
    const running: Promise<number>[] = [];
    const begin = performance.now();
    for (let index = 0; index < seconds * SENDS_PER_SECOND; index++) {
      await wait(Math.max(0, begin + (1_000 / SENDS_PER_SECOND) * index - performance.now()));
      const { person, mark, frame } = sockets.expectFrame();
      const startedAt = performance.now();
      const sent = (queues[index % CONNECTION_COUNT] ?? Promise.resolve()).then(async () => {
        const connection = open[index % CONNECTION_COUNT];
        if (connection) await sendAccepted(connection, createSendRequest(token, person, mark));
      });
      queues[index % CONNECTION_COUNT] = sent;
      running.push(Promise.all([frame, sent]).then(([receivedAt]) => receivedAt - startedAt));
    }
    const times = await Promise.all(running);
    for (const connection of open) connection.close();
    sockets.close();
    return summarize(times.slice(SENDS_PER_SECOND / 2));
  };
}

function summarize(times: readonly number[]): Sample {
  return { p50: percentile(times, 50), p99: percentile(times, 99) };
}

let marks = 0;

/** Opens sockets of some readers, which record the time of each mark. */
async function openSockets(target: DeliveryTarget) {
  const waiting = new Map<string, (at: number) => void>();
  const onText = (text: string): void => {
    const mark = /#\d+#/.exec(text)?.[0];
    if (mark === undefined) return;
    waiting.get(mark)?.(performance.now());
    waiting.delete(mark);
  };
  const webSockets = await Promise.all(
    Array.from({ length: READER_COUNT }, (_, index) => target.open(FIRST_PERSON_ID + index, onText)),
  );
  return {
    expectFrame() {
      const mark = `#${marks++}#`;
      const { promise: frame, resolve, reject } = Promise.withResolvers<number>();
      const timer = setTimeout(() => reject(new Error("a frame was lost")), FRAME_TIMEOUT_MS);
      waiting.set(mark, (at) => {
        clearTimeout(timer);
        resolve(at);
      });
      return { person: FIRST_PERSON_ID + (marks % READER_COUNT), mark, frame };
    },
    close() {
      for (const socket of webSockets) socket.close();
    },
  };
}

function createPlainOpener(port: number): DeliveryTarget["open"] {
  return (person, onText) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/${person}`);
      socket.on("message", (data) => onText(data.toString()));
      socket.once("open", () => resolve(socket));
      socket.once("error", reject);
    });
}

/** Makes a function that opens a socket in a person's own channel, as pusher-js does. */
function createPusherOpener({ instance, pusherSecret }: World): DeliveryTarget["open"] {
  return (person, onText) =>
    new Promise((resolve, reject) => {
      const channel = userChannel(person);
      const socket = new WebSocket(`ws://127.0.0.1:${instance.ports.realtime}/app/mgs-key?protocol=7&client=bench`);
      socket.once("error", reject);
      socket.on("message", (raw) => {
        const { event, data }: { event: string; data: string } = JSON.parse(raw.toString());
        if (event === "pusher:connection_established") {
          const { socket_id } = JSON.parse(data);
          const signature = createHmac("sha256", pusherSecret).update(`${socket_id}:${channel}`).digest("hex");
          const subscription = { channel, auth: `mgs-key:${signature}` };
          socket.send(JSON.stringify({ event: "pusher:subscribe", data: subscription }));
        } else if (event === "pusher_internal:subscription_succeeded") resolve(socket);
        else if (event.endsWith("BroadcastNotificationCreated")) onText(data);
      });
    });
}
