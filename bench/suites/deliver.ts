import { createHmac } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { userChannel } from "@mgs/realtime/names";
import { WebSocket } from "ws";
import { startFloor } from "../children";
import { interleaved, percentile, type Sample } from "../measure";
import type { Line } from "../report";
import { accepted, connections, send } from "../sends";
import type { Suite } from "../suite";
import { FIRST_PERSON, machineToken, type World } from "../world";

const READERS = 10;
const RATE = 100;
const CONNECTIONS = 32;
/** Milliseconds between two single sends. */
const PAUSE = 200;
/** Milliseconds after which a frame counts as lost. */
const PATIENCE = 20_000;

type Way = {
  port: number;
  open(person: number, heard: (text: string) => void): Promise<WebSocket>;
  /** Waits until nothing of a round is under way: the other side's round is not to carry its mails. */
  settle(): Promise<void>;
};

/** From the first byte of a POST to its frame in a reader's socket. */
export const deliver: Suite = async (world, { rounds, seconds, quick }) => {
  const token = await machineToken(world);
  const push = await startFloor("push.ts", { REDIS_URL: world.redisUrl });
  const accept = await startFloor("accept.ts", { DATABASE_URL: world.floorDatabaseUrl, REDIS_URL: world.redisUrl });
  const ways: Record<string, Way> = {
    product: {
      port: world.instance.ports.administration ?? 0,
      open: openPusher(world),
      settle: () => world.delivered(),
    },
    floor: { port: accept.port, open: openPlain(push.port), settle: async () => undefined },
  };
  const lines: Line[] = [];
  try {
    for (const [what, round] of [
      ["idle", idle(quick ? 20 : 60)],
      [`under ${RATE} POSTs a second`, loaded(Math.max(2, seconds))],
    ] as const) {
      await world.reset();
      const results = await interleaved(
        rounds,
        Object.entries(ways).map(([name, way]) => ({
          name,
          async round() {
            const sample = await round(way, token);
            await way.settle();
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

/** One after the other: the next POST begins when the last frame has come. */
function idle(count: number) {
  return async (way: Way, token: string): Promise<Sample> => {
    const ears = await listen(way);
    const [connection] = await connections(way.port, 1);
    if (!connection) throw new Error("no connection");
    const times: number[] = [];
    for (let index = 0; index < count + 5; index++) {
      const { person, mark, frame } = ears.expect();
      const startedAt = performance.now();
      await accepted(connection, send(token, person, mark));
      const time = (await frame) - startedAt;
      if (index >= 5) times.push(time);
      // Idle again: nothing of this one is under way when the next begins, but now and then its mail.
      await wait(PAUSE);
    }
    connection.close();
    ears.close();
    return summary(times);
  };
}

/** At a steady rate, whether the last one has arrived or not. */
function loaded(seconds: number) {
  return async (way: Way, token: string): Promise<Sample> => {
    const ears = await listen(way);
    const open = await connections(way.port, CONNECTIONS);
    // Each carries what it is given one after the other; what has to wait for its turn counts its waiting.
    const turns = open.map(() => Promise.resolve());
    const running: Promise<number>[] = [];
    const begin = performance.now();
    for (let index = 0; index < seconds * RATE; index++) {
      await wait(Math.max(0, begin + (1_000 / RATE) * index - performance.now()));
      const { person, mark, frame } = ears.expect();
      const startedAt = performance.now();
      const sent = (turns[index % CONNECTIONS] ?? Promise.resolve()).then(async () => {
        const connection = open[index % CONNECTIONS];
        if (connection) await accepted(connection, send(token, person, mark));
      });
      turns[index % CONNECTIONS] = sent;
      running.push(Promise.all([frame, sent]).then(([heardAt]) => heardAt - startedAt));
    }
    const times = await Promise.all(running);
    for (const connection of open) connection.close();
    ears.close();
    return summary(times.slice(RATE / 2));
  };
}

function summary(times: readonly number[]): Sample {
  return { p50: percentile(times, 50), p99: percentile(times, 99) };
}

let marks = 0;

/** Sockets of some readers, and when each mark was heard. */
async function listen(way: Way) {
  const waiting = new Map<string, (at: number) => void>();
  const heard = (text: string): void => {
    const mark = /#\d+#/.exec(text)?.[0];
    if (mark === undefined) return;
    waiting.get(mark)?.(performance.now());
    waiting.delete(mark);
  };
  const sockets = await Promise.all(
    Array.from({ length: READERS }, (_, index) => way.open(FIRST_PERSON + index, heard)),
  );
  return {
    expect() {
      const mark = `#${marks++}#`;
      const { promise: frame, resolve, reject } = Promise.withResolvers<number>();
      const timer = setTimeout(() => reject(new Error("a frame was lost")), PATIENCE);
      waiting.set(mark, (at) => {
        clearTimeout(timer);
        resolve(at);
      });
      return { person: FIRST_PERSON + (marks % READERS), mark, frame };
    },
    close() {
      for (const socket of sockets) socket.close();
    },
  };
}

function openPlain(port: number): Way["open"] {
  return (person, heard) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/${person}`);
      socket.on("message", (data) => heard(data.toString()));
      socket.once("open", () => resolve(socket));
      socket.once("error", reject);
    });
}

/** A socket in a person's own channel, as pusher-js opens it. */
function openPusher({ instance, pusherSecret }: World): Way["open"] {
  return (person, heard) =>
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
        else if (event.endsWith("BroadcastNotificationCreated")) heard(data);
      });
    });
}
