import { Browser } from "../browser";
import { startFloor } from "../children";
import { CLIENT } from "../clients";
import { measureInterleaved, measureThroughput } from "../measure";
import type { Line } from "../report";
import type { Suite } from "../suite";
import { CREDENTIALS } from "../world";

const SENDER_COUNT = 4;

/** Measures the grants of the token endpoint a second, four at a time; each refresh rotates its token. */
export const grants: Suite = async (world, { rounds, seconds }) => {
  const floor = await startFloor("provider.ts", { DATABASE_URL: world.floorDatabaseUrl });
  const ports = { product: world.instance.ports.administration ?? 0, floor: floor.port };
  const lines: Line[] = [];
  try {
    for (const [what, work] of [
      ["refresh grants", refreshes],
      ["client-credentials grants", machines],
    ] as const) {
      const results = await measureInterleaved(
        rounds,
        Object.entries(ports).map(([name, port]) => ({ name, round: () => measureRate(port, work, seconds) })),
      );
      const all = (name: string) => results[name]?.rounds.map(({ perSecond }) => perSecond ?? 0) ?? [];
      lines.push({
        suite: "grants",
        what,
        unit: "/s",
        value: results.product?.median.perSecond ?? Number.NaN,
        floor: results.floor?.median.perSecond ?? Number.NaN,
        aim: 0.8,
        rounds: { value: all("product"), floor: all("floor") },
      });
    }
  } finally {
    await floor.stop();
  }
  return lines;
};

type Work = (browser: Browser) => Promise<() => Promise<void>>;

async function measureRate(port: number, prepare: Work, seconds: number) {
  const browsers = await Promise.all(Array.from({ length: SENDER_COUNT }, () => Browser.open(port)));
  const workers: (() => Promise<void>)[] = [];
  for (const browser of browsers) workers.push(await prepare(browser));
  await measureThroughput(workers, 300);
  const { perSecond } = await measureThroughput(workers, seconds * 1_000);
  for (const browser of browsers) browser.close();
  return { perSecond };
}

const refreshes: Work = async (browser) => {
  let { refresh_token } = await browser.signIn(CREDENTIALS);
  return async () => {
    ({ refresh_token } = await browser.grant({ grant_type: "refresh_token", refresh_token }));
  };
};

const machines: Work = async (browser) => async () => {
  await browser.grant(
    { grant_type: "client_credentials", scope: "notifications:send" },
    { ...CLIENT, redirectUri: "" },
  );
};
