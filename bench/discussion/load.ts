import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Connection } from "../connection";
import { percentile } from "../measure";
import { measureUsage } from "../process-cost";
import type { Line } from "../report";
import type { World } from "../world";
import { type DiscussionSide, othersOf } from "./side";

const QUICK_SECONDS = 3;
const WARM_UP_SECONDS = 8;
const WARM_UP_PER_SECOND = 20;
/** How long after the last text a page may still hear of it, before it counts as lost. */
const GRACE_MS = 10_000;
const MEMORY_AIM_MB = 1_000;
const MEMORY_EVERY_MS = 2_000;
const PROCESSES = ["administration", "gestion-dossier", "worker", "realtime-server"] as const;

/** Texts a second, for how long, and what a person may wait for the answer, and for what another wrote. */
export type Load = {
  perSecond: number;
  seconds: number;
  floorSeconds: number;
  aimMs: { answered: number; seen: number };
};

type Measured = { answered: number[]; seen: number[]; refused: number; lost: number };

/**
 * Lets people write as people do: at their own pace, whether the answer to the one before has come or not. A text is measured from when it was to be
 * sent until each other page has it, by turns on the product and its floor.
 * @param what the texts, in the plural
 */
export async function measureLoads(
  world: World,
  { product, floor }: { product: DiscussionSide; floor: DiscussionSide },
  {
    suite,
    what,
    loads,
    personCount,
    quick,
  }: { suite: string; what: string; loads: readonly Load[]; personCount: number; quick: boolean },
): Promise<Line[]> {
  const lines: Line[] = [];
  const memory = watchMemory(world);
  try {
    for (const side of [product, floor])
      await measure(side, personCount, { perSecond: WARM_UP_PER_SECOND, seconds: quick ? 1 : WARM_UP_SECONDS });
    for (const { perSecond, seconds, floorSeconds, aimMs } of loads) {
      const own = await measure(product, personCount, { perSecond, seconds: quick ? QUICK_SECONDS : seconds });
      const least = await measure(floor, personCount, { perSecond, seconds: quick ? QUICK_SECONDS : floorSeconds });
      if (least.refused + least.lost > 0) throw new Error(`the floor has refused or lost ${what}`);
      lines.push(...toLines({ suite, what, load: `${perSecond} ${what} a second` }, own, least, aimMs));
    }
  } finally {
    memory.stop();
    await Promise.all([product.stop(), floor.stop()]);
  }
  for (const [name, bytes] of memory.most) {
    const of = `memory of ${name} at most, ${personCount} people`;
    lines.push({ suite, what: of, unit: "MB", value: bytes / 1_024 ** 2, floor: null, aim: MEMORY_AIM_MB });
  }
  return lines;
}

type Named = { suite: string; what: string; load: string };

function toLines({ suite, what, load }: Named, own: Measured, least: Measured, aimMs: Load["aimMs"]): Line[] {
  const one = what.replace(/s$/, "");
  const times = (key: "answered" | "seen"): Line[] => {
    const line = (percent: 50 | 95): Line => ({
      ...{ suite, what: `${load}: ${one} → ${key}, p${percent}`, unit: "ms", aim: null },
      value: percentile(own[key], percent),
      floor: percentile(least[key], percent),
    });
    const p95 = line(95);
    return [line(50), p95, { ...p95, what: `${p95.what}, in itself`, floor: null, aim: aimMs[key] }];
  };
  const count = (counted: string, value: number): Line => ({
    ...{ suite, what: `${load}: ${counted}`, unit: "lost", value, floor: null, aim: 0 },
    note: `of ${own.answered.length + own.refused} ${what}`,
  });
  return [
    ...times("answered"),
    ...times("seen"),
    count("answers that were an error", own.refused),
    count(`pages that did not hear of a ${one}`, own.lost),
  ];
}

/** Sends texts at their times, each by the next person, and waits until every other page of its record has it. */
async function measure(
  side: DiscussionSide,
  personCount: number,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Measured> {
  const sent = new Map<string, { at: number; waiting: Set<number> }>();
  const measured: Measured = { answered: [], seen: [], refused: 0, lost: 0 };
  side.onSeen((id, person) => {
    const one = sent.get(id);
    if (one?.waiting.delete(person)) measured.seen.push(performance.now() - one.at);
  });
  const send = openSender(side.port);
  const startedAt = performance.now();
  const answers: Promise<void>[] = [];
  for (let index = 0; index < perSecond * seconds; index++) {
    const at = startedAt + (index * 1_000) / perSecond;
    await wait(Math.max(0, at - performance.now()));
    // Neighbours in time write on different records.
    const person = (index * 7) % personCount;
    const id = randomUUID();
    const { request, status } = side.write(person, id);
    sent.set(id, { at, waiting: new Set(othersOf(person)) });
    answers.push(
      send.ask(request).then(
        (answered) => {
          if (answered === status) measured.answered.push(performance.now() - at);
          else measured.refused++;
        },
        () => void measured.refused++,
      ),
    );
  }
  await Promise.all(answers);
  const waiting = () => [...sent.values()].reduce((sum, one) => sum + one.waiting.size, 0);
  for (const end = performance.now() + GRACE_MS; waiting() > 0 && performance.now() < end; ) await wait(50);
  measured.lost = waiting();
  send.close();
  return measured;
}

/** Keep-alive connections, as many as there are answers to wait for; the server may close those that are idle. */
function openSender(port: number) {
  const free: Connection[] = [];
  return {
    async ask(request: Buffer): Promise<number> {
      for (;;) {
        const known = free.pop();
        const connection = known ?? (await Connection.open(port));
        let answer: ReturnType<Connection["ask"]>;
        try {
          answer = connection.ask(request);
        } catch (error) {
          // It was closed while it lay idle: nothing was sent.
          if (!known) throw error;
          continue;
        }
        const { status } = await answer;
        free.push(connection);
        return status;
      }
    },
    close() {
      for (const connection of free) connection.close();
    },
  };
}

/** The most memory that each process has had, at moments two seconds apart. */
function watchMemory({ instance }: World) {
  const most = new Map<string, number>();
  const timer = setInterval(() => {
    for (const name of PROCESSES)
      most.set(name, Math.max(most.get(name) ?? 0, measureUsage(instance.pid(name)).memory));
  }, MEMORY_EVERY_MS);
  return { most, stop: () => clearInterval(timer) };
}
