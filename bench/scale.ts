import { createDatabase, type Database } from "@mgs/db/client";
import { readPlans } from "@mgs/db/testing/read-plans";
import type { Pool } from "pg";
import { measureInterleaved, percentile } from "./measure";
import type { Line } from "./report";
import type { Effort } from "./suite";
import type { World } from "./world";

/** Calls of one round. The first ones fill caches and make PostgreSQL choose its plan for any value (after five calls). */
const WARM_UP_CALLS = 15;
const TIMED_CALLS = 60;
const QUICK_CALLS = 5;

export const SMALL_ROW_COUNT = 1_000;
const LARGE_ROW_COUNT = 1_000_000;
const QUICK_LARGE_ROW_COUNT = 10_000;

/** Largest multiple of the small table's time that a look-up in the large one may take. */
const AIM = 1.5;

/** A look-up whose time must not depend on the number of rows. */
export type LookUp = { what: string; run(database: Database, rowCount: number): Promise<{ length: number }> };

export type ScaleOptions = {
  rowCounts?: { small: number; large: number };
  /** A database that is filled already; it is read, and left as it is. */
  largeUrl?: string | undefined;
};

type Opened = { name: string; url: string; database: Database; rowCount: number; drop(): Promise<void> };

/**
 * Measures look-ups in two databases of one server, a small one (the floor) and a large one, by turns. Each look-up has to find
 * rows in both, since one that finds nothing is no measure.
 * @param fill inserts the rows, without triggers and foreign keys
 */
export async function measureScale(
  { createDatabase: create, openPool }: Pick<World, "createDatabase" | "openPool">,
  { rounds, quick, plans }: Effort,
  suite: string,
  fill: (pool: Pool, rowCount: number, url: string) => Promise<void>,
  lookUps: readonly LookUp[],
  {
    rowCounts = { small: SMALL_ROW_COUNT, large: quick ? QUICK_LARGE_ROW_COUNT : LARGE_ROW_COUNT },
    largeUrl,
  }: ScaleOptions = {},
): Promise<Line[]> {
  const opened: Opened[] = [];
  try {
    for (const [name, rowCount] of Object.entries(rowCounts)) {
      if (name === "large" && largeUrl !== undefined) {
        opened.push({
          name,
          url: largeUrl,
          database: createDatabase(largeUrl, 2),
          rowCount,
          drop: async () => undefined,
        });
        continue;
      }
      const { url, drop } = await create(`mgs_${suite}_${name}`);
      const pool = openPool(url);
      // A pool of one connection, which keeps the setting.
      await pool.query("SET session_replication_role = replica");
      await fill(pool, rowCount, url);
      await pool.query("VACUUM (ANALYZE)");
      await pool.query("CHECKPOINT");
      await pool.end();
      opened.push({ name, url, database: createDatabase(url, 2), rowCount, drop });
    }
    if (plans) await printPlans(opened, lookUps);
    const lines: Line[] = [];
    for (const { what, run } of lookUps) {
      const found = await Promise.all(
        opened.map(async ({ database, rowCount }) => (await run(database, rowCount)).length),
      );
      if (found.includes(0)) throw new Error(`${what} found ${found.join(" and ")} rows`);
      const results = await measureInterleaved(
        rounds,
        opened.map(({ name, database, rowCount }) => ({
          name,
          round: async () => ({ p50: await measureP50(() => run(database, rowCount), quick) }),
        })),
      );
      const all = (name: string) => results[name]?.rounds.map(({ p50 }) => p50 ?? Number.NaN) ?? [];
      lines.push({
        suite,
        what: `${what}, ${rowCounts.large.toLocaleString("en-US")} rows, p50`,
        unit: "ms",
        value: results.large?.median.p50 ?? Number.NaN,
        floor: results.small?.median.p50 ?? Number.NaN,
        aim: AIM,
        rounds: { value: all("large"), floor: all("small") },
      });
    }
    return lines;
  } finally {
    for (const { database, drop } of opened) {
      await database.$disconnect();
      await drop();
    }
  }
}

/** Prints what each look-up is read from in the large database, and how many blocks in each, as docs/query-plans.md has it. */
async function printPlans(opened: readonly Opened[], lookUps: readonly LookUp[]): Promise<void> {
  for (const { what, run } of lookUps) {
    const summaries = [];
    for (const { url, rowCount } of opened) summaries.push(await readPlans(url, (database) => run(database, rowCount)));
    const names = (summaries.at(-1)?.readFrom ?? []).map((name) => `\`${name}\``).join(", ");
    process.stderr.write(`| ${what} | ${names} | ${summaries.map(({ blocks }) => blocks).join(" | ")} |\n`);
  }
}

async function measureP50(run: () => Promise<unknown>, quick: boolean): Promise<number> {
  const times: number[] = [];
  for (
    let index = quick ? WARM_UP_CALLS - 1 : 0;
    index < WARM_UP_CALLS + (quick ? QUICK_CALLS : TIMED_CALLS);
    index++
  ) {
    const startedAt = performance.now();
    await run();
    if (index >= WARM_UP_CALLS) times.push(performance.now() - startedAt);
  }
  return percentile(times, 50);
}
