import { hash, verify } from "@node-rs/argon2";
import { Browser } from "../browser";
import { startFloor } from "../children";
import { measureInterleaved, percentile, type Sample } from "../measure";
import type { Line } from "../report";
import type { Suite } from "../suite";
import { CREDENTIALS } from "../world";

/** The product's cost parameters of password hashes. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Measures whole sign-ins, one after the other: with the form, and of a browser with a provider session. The aim is 0.8 times
 * the floor's speed, which is 1.25 times its time.
 */
export const signIn: Suite = async (world, { rounds, quick }) => {
  const floor = await startFloor("provider.ts", { DATABASE_URL: world.floorDatabaseUrl });
  const ports = { product: world.instance.ports.administration ?? 0, floor: floor.port };
  const count = quick ? 3 : 15;
  const stored = await hash(CREDENTIALS.password, ARGON2ID);
  try {
    const results = await measureInterleaved(rounds, [
      ...Object.entries(ports).map(([name, port]) => ({ name, round: () => measureSignIns(port, count) })),
      {
        name: "argon2id",
        round: async () => ({ password: await measureP50(count, () => verify(stored, CREDENTIALS.password)) }),
      },
    ]);
    const of = (name: string, what: string) => results[name]?.median[what] ?? Number.NaN;
    const all = (name: string, what: string) => results[name]?.rounds.map((sample) => sample[what] ?? 0) ?? [];
    const line = (what: string, key: string, more: number, aim: number | null): Line => ({
      suite: "sign-in",
      what,
      unit: "ms",
      value: of("product", key),
      floor: of("floor", key) + more,
      aim,
      rounds: { value: all("product", key), floor: all("floor", key).map((time) => time + more) },
    });
    return [
      line("password sign-in, p50", "password", of("argon2id", "password"), 1.25),
      {
        suite: "sign-in",
        what: "argon2id alone, p50",
        unit: "ms",
        value: of("argon2id", "password"),
        floor: null,
        aim: null,
      },
      line("cross-portal sign-in without a form, p50", "silent", 0, 1.25),
    ];
  } finally {
    await floor.stop();
  }
};

async function measureSignIns(port: number, count: number): Promise<Sample> {
  const browser = await Browser.open(port);
  const password = await measureP50(count, async () => {
    browser.forget();
    await browser.signIn(CREDENTIALS);
  });
  const silent = await measureP50(count, () => browser.signIn(CREDENTIALS));
  browser.close();
  return { password, silent };
}

/** Measures the median in milliseconds, without the first run, which warms up. */
async function measureP50(count: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index <= count; index++) {
    const startedAt = performance.now();
    await work();
    if (index > 0) times.push(performance.now() - startedAt);
  }
  return percentile(times, 50);
}
