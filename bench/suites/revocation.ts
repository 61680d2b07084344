import { setTimeout as wait } from "node:timers/promises";
import { Connection } from "../connection";
import { measureInterleaved, percentile, type Sample } from "../measure";
import type { Line } from "../report";
import { openRevocationFloor } from "../revocation/floor";
import { openRevocationProduct } from "../revocation/product";
import { measureRevocation, type RevocationSide, type RevocationTimes } from "../revocation/side";
import type { Effort, Suite } from "../suite";

const FULL_COUNTS = { live: 500, revoked: 200 };
const QUICK_COUNTS = { live: 20, revoked: 8 };
const WARM_UP_COUNT = 10;
/** Pause between two revocations, in which what follows from the first one ends: logout tokens, above all. */
const PAUSE_MS = 60;
/** What a person would notice. */
const P99_AIM_MS = 1_000;

const STEPS: Readonly<Record<keyof RevocationTimes, string>> = {
  refused: "next request refused",
  told: "page told",
  closed: "its socket closed",
  answered: "answered",
};

/**
 * Measures how long a revoked device lives on: a person ends one of theirs in one portal, and its page is open in another. 500 devices
 * are live when a round begins, and 200 are revoked in it, one after the other.
 */
export const revocation: Suite = async (world, effort) => {
  const sides = { product: await openRevocationProduct(world), floor: await openRevocationFloor(world) };
  try {
    const results = await measureInterleaved(
      effort.rounds,
      Object.entries(sides).map(([name, side]) => ({ name, round: () => measureRound(side, effort) })),
    );
    const all = (side: string, key: string) => results[side]?.rounds.map((sample) => sample[key] ?? 0) ?? [];
    return Object.entries(STEPS).flatMap(([step, words]): Line[] => {
      const line = (what: "p50" | "p99", aim: number | null): Line => ({
        ...{ suite: "revocation", what: `revoke → ${words}, ${what}`, unit: "ms", aim },
        value: results.product?.median[`${step} ${what}`] ?? Number.NaN,
        floor: results.floor?.median[`${step} ${what}`] ?? Number.NaN,
        rounds: { value: all("product", `${step} ${what}`), floor: all("floor", `${step} ${what}`) },
      });
      const p99 = line("p99", 2);
      if (step === "answered") return [line("p50", null)];
      return [line("p50", 2), p99, { ...p99, what: `${p99.what}, in itself`, floor: null, aim: P99_AIM_MS }];
    });
  } finally {
    await Promise.all(Object.values(sides).map((side) => side.stop()));
  }
};

async function measureRound(side: RevocationSide, { quick }: Effort): Promise<Sample> {
  const { live, revoked } = quick ? QUICK_COUNTS : FULL_COUNTS;
  await side.prepare(live + (quick ? 0 : WARM_UP_COUNT));
  const connections = { revoking: await Connection.open(side.revokePort), page: await Connection.open(side.pagePort) };
  const times: RevocationTimes[] = [];
  for (let index = quick ? WARM_UP_COUNT : 0; index < revoked + WARM_UP_COUNT; index++) {
    const time = await measureRevocation(side, connections);
    if (index >= WARM_UP_COUNT) times.push(time);
    await wait(PAUSE_MS);
  }
  for (const connection of Object.values(connections)) connection.close();
  const sample: Record<string, number> = {};
  for (const step of Object.keys(STEPS) as (keyof RevocationTimes)[]) {
    const values = times.map((time) => time[step]);
    sample[`${step} p50`] = percentile(values, 50);
    sample[`${step} p99`] = percentile(values, 99);
  }
  return sample;
}
