import { withClient } from "@mgs/db/migrations";
import { createRedis } from "@mgs/jobs/redis";
import { type Check, type Finding, fail, listDatabaseAddresses, pickWorst, warn } from "../check";
import type { System } from "../system";

/** Limits of the difference between clocks, which decide when tokens and leases expire. */
const WARN_SECONDS = 3;
const FAIL_SECONDS = 30;

/** Compares this machine's clock with the others. Another check reports a service that does not answer. */
export const clocks: Check = {
  name: "clocks",
  title: "Clocks",
  advice: "Let every machine set its clock by NTP.",
  addresses: listDatabaseAddresses,
  async run(system, signal) {
    const asked = {
      PostgreSQL: measurePostgresqlOffset(system),
      Redis: measureRedisOffset(system),
      issuer: measureIssuerOffset(system, signal),
    };
    const findings: Finding[] = [];
    const known: string[] = [];
    const answers = await Promise.all(
      Object.entries(asked).map(async ([name, asking]) => ({ name, seconds: await asking.catch(() => null) })),
    );
    for (const { name, seconds } of answers) {
      if (seconds === null) continue;
      known.push(`${name} ${seconds.toFixed(1)} s`);
      const detail = `${name} is ${seconds.toFixed(1)} s from this machine`;
      const advice = "Let every machine set its clock by NTP.";
      if (Math.abs(seconds) > FAIL_SECONDS) findings.push(fail(detail, advice));
      else if (Math.abs(seconds) > WARN_SECONDS) findings.push(warn(detail, advice));
    }
    if (known.length === 0) return warn("nobody told the time", "Ask again when PostgreSQL answers.");
    return pickWorst(findings, known.join(", "));
  },
};

/** Measures by how many seconds a clock is ahead of this machine's, less half of the round trip. */
async function measureOffsetSeconds(ask: () => Promise<number>): Promise<number> {
  const before = Date.now();
  const theirs = await ask();
  return (theirs - (before + Date.now()) / 2) / 1_000;
}

function measurePostgresqlOffset({ common }: System): Promise<number> {
  return withClient(common.DATABASE_URL, (client) =>
    measureOffsetSeconds(async () => {
      const { rows } = await client.query("SELECT extract(epoch FROM clock_timestamp()) * 1000 AS at");
      return Number(rows[0]?.at);
    }),
  );
}

async function measureRedisOffset({ common }: System): Promise<number> {
  const client = createRedis(common.REDIS_URL, "mgs-doctor", 5_000);
  try {
    await client.connect();
    return await measureOffsetSeconds(async () => {
      const [seconds, micros] = await client.time();
      return Number(seconds) * 1_000 + Number(micros) / 1_000;
    });
  } finally {
    client.disconnect();
  }
}

/** Reads the Date header, which truncates to seconds, so half a second is added on average. */
async function measureIssuerOffset({ common }: System, signal: AbortSignal): Promise<number> {
  return measureOffsetSeconds(async () => {
    const response = await fetch(`${common.OAUTH_SERVER_URL}/health/live`, { signal });
    await response.body?.cancel();
    const date = Date.parse(response.headers.get("date") ?? "");
    if (Number.isNaN(date)) throw new Error("no Date header");
    return date + 500;
  });
}
