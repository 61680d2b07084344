import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Connection } from "../connection";
import { interleaved, percentile, type Sample } from "../measure";
import { usageOf } from "../process-cost";
import { buildProduct, type Contestant, NAIVE, PRODUCT, type RunningServer, rivals } from "../realtime/contestants";
import { Fleet, sharedClock } from "../realtime/fleet";
import { installRivals } from "../realtime/rivals";
import type { Line } from "../report";
import type { Effort, StandaloneSuite } from "../suite";

const PUBLISHERS = 16;
const BURST = 200;
const PACED_PER_SECOND = 20;
const EVENT_DATA_BYTES = 120;
/** A server that has not delivered a burst after so long has lost some of it. */
const PATIENCE_MS = 60_000;

/** Events to thousands of subscribers of one channel: as fast as they go and paced; memory; a storm of clients. */
export const realtime: StandaloneSuite = async (effort) => {
  const folder = effort.quick ? undefined : installRivals(join(tmpdir(), "mgs-bench-rivals"));
  buildProduct();
  const contestants = [PRODUCT, NAIVE, ...(folder === undefined ? [] : rivals(folder))];
  const lines: Line[] = [];
  for (const clients of effort.quick ? [200] : [1_000, 5_000]) {
    const results = await interleaved(
      effort.rounds,
      contestants.map((contestant) => ({ name: contestant.name, round: () => round(contestant, clients, effort) })),
    );
    lines.push(...report(results, clients));
  }
  return lines;
};

/** One server of its own, its clients, a burst and a paced run. */
async function round(contestant: Contestant, clients: number, effort: Effort): Promise<Sample> {
  const [server, fleet] = await Promise.all([contestant.start(), Fleet.start()]);
  // Only the product can tell a private channel's subscriber by its signature.
  const channel = contestant === PRODUCT ? "private-bench" : "bench";
  try {
    const publishers = await Promise.all(Array.from({ length: PUBLISHERS }, () => Connection.open(server.port)));
    const idle = await settledMemory(server);
    const stormBegan = sharedClock();
    const connectedAt = await fleet.connect({
      count: clients,
      port: server.port,
      channel,
      dialect: contestant.dialect,
    });
    const perConnection = ((await settledMemory(server)) - idle) / clients;

    await burst(contestant, fleet, publishers, channel, Math.ceil(BURST / 4));
    const before = usageOf(server.pid).cpu;
    const { seconds, received } = await burst(contestant, fleet, publishers, channel, BURST);
    const cpu = usageOf(server.pid).cpu - before;
    for (const publisher of publishers) publisher.close();
    const { times, expected } = await paced(contestant, fleet, server, channel, effort, clients);
    return {
      perSecond: received / seconds,
      lost: BURST * clients - received + expected - times.length,
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

/** Publishes `count` events as fast as they go and waits until every client has them. */
async function burst(
  contestant: Contestant,
  fleet: Fleet,
  publishers: readonly Connection[],
  channel: string,
  count: number,
): Promise<{ seconds: number; received: number }> {
  // Signed beforehand: a publisher's work is not the server's.
  const requests = Array.from({ length: count }, () => contestant.publish(channel, "bench", eventData()));
  const { all } = await fleet.expect(count, { timed: false });
  const startedAt = sharedClock();
  await Promise.all(
    publishers.map(async (publisher) => {
      for (let next = requests.pop(); next !== undefined; next = requests.pop()) await publish(publisher, next);
    }),
  );
  const endedAt = await Promise.race([all, wait(PATIENCE_MS, undefined, { ref: false })]);
  const { received, least, most } = await fleet.report();
  if (endedAt !== undefined && (least !== count || most !== count)) {
    throw new Error(`${contestant.name}: a client received ${least} and another ${most} of ${count} events`);
  }
  return { seconds: ((endedAt ?? sharedClock()) - startedAt) / 1_000_000, received };
}

/** Publishes 20 events a second, whatever became of the one before. */
async function paced(
  contestant: Contestant,
  fleet: Fleet,
  server: RunningServer,
  channel: string,
  { seconds }: Effort,
  clients: number,
): Promise<{ times: number[]; expected: number }> {
  const count = Math.ceil(PACED_PER_SECOND * seconds);
  const { all } = await fleet.expect(count, { timed: true });
  const startedAt = performance.now();
  const answers: Promise<void>[] = [];
  const free: Connection[] = [];
  for (let index = 0; index < count; index++) {
    await wait(Math.max(0, startedAt + (index * 1_000) / PACED_PER_SECOND - performance.now()));
    // A server that falls behind still gets its event in time, by a connection that does not wait for an answer.
    const publisher = free.pop() ?? (await Connection.open(server.port));
    const answered = publish(publisher, contestant.publish(channel, "bench", eventData()));
    answers.push(answered.then(() => void free.push(publisher)));
  }
  await Promise.all(answers);
  await Promise.race([all, wait(PATIENCE_MS, undefined, { ref: false })]);
  return { times: (await fleet.report()).times, expected: count * clients };
}

function eventData(): string {
  return JSON.stringify({ sentAt: String(sharedClock()), text: "x".repeat(EVENT_DATA_BYTES) });
}

async function publish(publisher: Connection, request: Buffer): Promise<void> {
  const { status } = await publisher.ask(request);
  if (status !== 200) throw new Error(`a publish was answered ${status}`);
}

/** Memory of a process when it no longer moves: three looks alike, half a second apart. */
async function settledMemory(server: RunningServer): Promise<number> {
  let before = Number.NaN;
  for (let alike = 0, looks = 0; alike < 3 && looks < 20; looks++) {
    await wait(500);
    const now = usageOf(server.pid).memory;
    alike = Math.abs(now - before) < 256 * 1_024 ? alike + 1 : 0;
    before = now;
  }
  return before;
}

type Results = Awaited<ReturnType<typeof interleaved>>;

function report(results: Results, clients: number): Line[] {
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
