import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Connection } from "../connection";
import { measureInterleaved, percentile, type Sample } from "../measure";
import { measureUsage } from "../process-cost";
import {
  buildProduct,
  type Contestant,
  createRivals,
  NAIVE,
  PRODUCT,
  PRODUCT_BY_SOCKET_IO,
  type RunningServer,
} from "../realtime/contestants";
import { Fleet, sharedClock } from "../realtime/fleet";
import { installRivals } from "../realtime/rivals";
import type { Line } from "../report";
import type { Effort, StandaloneSuite } from "../suite";

const PUBLISHER_COUNT = 16;
const BURST_EVENT_COUNT = 200;
const PACED_EVENTS_PER_SECOND = 20;
const EVENT_DATA_BYTES = 120;
/** A server that has not delivered a burst by then has lost events. */
const BURST_TIMEOUT_MS = 60_000;

/** Measures events to thousands of subscribers of one channel, in a burst and paced; memory; and a storm of new clients. */
export const realtime: StandaloneSuite = async (effort) => {
  const folder = effort.quick ? undefined : installRivals(join(tmpdir(), "mgs-bench-rivals"));
  buildProduct();
  const contestants = [PRODUCT, PRODUCT_BY_SOCKET_IO, NAIVE, ...(folder === undefined ? [] : createRivals(folder))];
  const lines: Line[] = [];
  for (const clients of effort.quick ? [200] : [1_000, 5_000]) {
    const results = await measureInterleaved(
      effort.rounds,
      contestants.map((contestant) => ({
        name: contestant.name,
        round: () => measureRound(contestant, clients, effort),
      })),
    );
    lines.push(...toLines(results, clients));
  }
  return lines;
};

/** Measures a new server with its clients: a burst and a paced run. */
async function measureRound(contestant: Contestant, clients: number, effort: Effort): Promise<Sample> {
  const [server, fleet] = await Promise.all([contestant.start(), Fleet.start()]);
  // Only the product verifies signatures of a private channel's subscribers.
  const channel = contestant === PRODUCT ? "private-bench" : "bench";
  try {
    const publishers = await Promise.all(Array.from({ length: PUBLISHER_COUNT }, () => Connection.open(server.port)));
    const idle = await measureSettledMemory(server);
    const stormBegan = sharedClock();
    const connectedAt = await fleet.connect({
      count: clients,
      port: server.port,
      channel,
      dialect: contestant.dialect,
    });
    const perConnection = ((await measureSettledMemory(server)) - idle) / clients;

    await measureBurst(contestant, fleet, publishers, channel, Math.ceil(BURST_EVENT_COUNT / 4));
    const before = measureUsage(server.pid).cpu;
    const { seconds, received } = await measureBurst(contestant, fleet, publishers, channel, BURST_EVENT_COUNT);
    const cpu = measureUsage(server.pid).cpu - before;
    for (const publisher of publishers) publisher.close();
    const { times, expected } = await measurePaced(contestant, fleet, server, channel, effort, clients);
    return {
      perSecond: received / seconds,
      lost: BURST_EVENT_COUNT * clients - received + expected - times.length,
      p50: percentile(times, 50) / 1_000,
      p99: percentile(times, 99) / 1_000,
      kilobytes: perConnection / 1_024,
      cpuPerMillion: cpu / (received / 1_000_000),
      storm: (connectedAt - stormBegan) / 1_000_000,
    };
  } finally {
    await fleet.stop();
    await server.stop();
  }
}

/** Publishes `count` events as fast as possible and waits until every client has them. */
async function measureBurst(
  contestant: Contestant,
  fleet: Fleet,
  publishers: readonly Connection[],
  channel: string,
  count: number,
): Promise<{ seconds: number; received: number }> {
  // The requests are signed beforehand, because a publisher's work does not count as the server's.
  const requests = Array.from({ length: count }, () => contestant.publish(channel, "bench", createEventData()));
  const { all } = await fleet.expect(count, { timed: false });
  const startedAt = sharedClock();
  await Promise.all(
    publishers.map(async (publisher) => {
      for (let next = requests.pop(); next !== undefined; next = requests.pop()) await publish(publisher, next);
    }),
  );
  const endedAt = await Promise.race([all, wait(BURST_TIMEOUT_MS, undefined, { ref: false })]);
  const { received, least, most } = await fleet.report();
  if (endedAt !== undefined && (least !== count || most !== count)) {
    throw new Error(`${contestant.name}: a client received ${least} and another ${most} of ${count} events`);
  }
  return { seconds: ((endedAt ?? sharedClock()) - startedAt) / 1_000_000, received };
}

/** Publishes 20 events a second, without waiting for the one before. */
async function measurePaced(
  contestant: Contestant,
  fleet: Fleet,
  server: RunningServer,
  channel: string,
  { seconds }: Effort,
  clients: number,
): Promise<{ times: number[]; expected: number }> {
  const count = Math.ceil(PACED_EVENTS_PER_SECOND * seconds);
  const { all } = await fleet.expect(count, { timed: true });
  const startedAt = performance.now();
  const answers: Promise<void>[] = [];
  const free: Connection[] = [];
  for (let index = 0; index < count; index++) {
    await wait(Math.max(0, startedAt + (index * 1_000) / PACED_EVENTS_PER_SECOND - performance.now()));
    // A free connection publishes the event in time, also when the server is behind.
    const publisher = free.pop() ?? (await Connection.open(server.port));
    const answered = publish(publisher, contestant.publish(channel, "bench", createEventData()));
    answers.push(answered.then(() => void free.push(publisher)));
  }
  await Promise.all(answers);
  await Promise.race([all, wait(BURST_TIMEOUT_MS, undefined, { ref: false })]);
  return { times: (await fleet.report()).times, expected: count * clients };
}

function createEventData(): string {
  return JSON.stringify({ sentAt: String(sharedClock()), text: "x".repeat(EVENT_DATA_BYTES) });
}

async function publish(publisher: Connection, request: Buffer): Promise<void> {
  const { status } = await publisher.ask(request);
  if (status !== 200) throw new Error(`a publish was answered ${status}`);
}

/** Measures a process's memory once it is stable: three equal values, half a second apart. */
async function measureSettledMemory(server: RunningServer): Promise<number> {
  let before = Number.NaN;
  for (let alike = 0, looks = 0; alike < 3 && looks < 20; looks++) {
    await wait(500);
    const now = measureUsage(server.pid).memory;
    alike = Math.abs(now - before) < 256 * 1_024 ? alike + 1 : 0;
    before = now;
  }
  return before;
}

type Results = Awaited<ReturnType<typeof measureInterleaved>>;

function toLines(results: Results, clients: number): Line[] {
  const [ours, naive] = [results[PRODUCT.name], results[NAIVE.name]];
  if (ours === undefined || naive === undefined) throw new Error("nothing was measured");
  const line = (what: string, unit: Line["unit"], key: string, aim: number | null, of = ours, floor = naive): Line => ({
    suite: "realtime",
    what: `${clients.toLocaleString("en-US")} clients: ${what}`,
    unit,
    value: of.median[key] ?? Number.NaN,
    floor: floor?.median[key] ?? null,
    aim,
    rounds: { value: of.rounds.map((one) => one[key] ?? Number.NaN), floor: floor.rounds.map((one) => one[key] ?? 0) },
  });
  const others = Object.entries(results).filter(([name]) => name !== PRODUCT.name && name !== NAIVE.name);
  const lost = ours.rounds.reduce((sum, one) => sum + (one.lost ?? 0), 0);
  return [
    line("deliveries in a burst", "/s", "perSecond", 4),
    ...others.map(([name, one]) => line(`deliveries in a burst, ${name}`, "/s", "perSecond", null, one)),
    line("paced, p50", "ms", "p50", 1.1),
    line("paced, p99", "ms", "p99", 1.1),
    ...others.flatMap(([name, one]) => [line(`paced, p99, ${name}`, "ms", "p99", null, one)]),
    { ...line("memory of an idle connection", "kB", "kilobytes", 15), floor: null },
    { ...line("the same, naive", "kB", "kilobytes", null, naive), floor: null },
    ...others.map(([name, one]) => ({
      ...line(`the same, ${name}`, "kB" as const, "kilobytes", null, one),
      floor: null,
    })),
    line("CPU of a million deliveries in a burst", "s", "cpuPerMillion", null),
    line("all connected and subscribed to a private channel", "s", "storm", null),
    { ...line("events lost", "s", "lost", 0), value: lost, floor: null, unit: "lost" },
  ];
}
