import { withClient } from "@mgs/db/migrations";
import { createRedis } from "@mgs/jobs/redis";
import { type Check, databaseAddress, type Finding, fail, warn, worst } from "../check";
import type { System } from "../system";

/** Seconds of difference. Tokens and leases live by these clocks. */
const NOTABLE = 3;
const TOO_MUCH = 30;

/** This machine's clock against the others'. What does not answer is another check's finding. */
export const clocks: Check = {
  name: "clocks",
  title: "Clocks",
  advice: "Let every machine set its clock by NTP.",
  addresses: databaseAddress,
  async run(system, signal) {
    const asked = { PostgreSQL: postgresqlTime(system), Redis: redisTime(system), issuer: issuerTime(system, signal) };
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
      if (Math.abs(seconds) > TOO_MUCH) findings.push(fail(detail, advice));
      else if (Math.abs(seconds) > NOTABLE) findings.push(warn(detail, advice));
    }
    if (known.length === 0) return warn("nobody told the time", "Ask again when PostgreSQL answers.");
    return worst(findings, known.join(", "));
  },
};

/** Seconds that a clock is ahead of ours, half of the way there and back taken off. */
async function ahead(ask: () => Promise<number>): Promise<number> {
  const before = Date.now();
  const theirs = await ask();
  return (theirs - (before + Date.now()) / 2) / 1_000;
}

function postgresqlTime({ common }: System): Promise<number> {
  return withClient(common.DATABASE_URL, (client) =>
    ahead(async () => {
      const { rows } = await client.query("SELECT extract(epoch FROM clock_timestamp()) * 1000 AS at");
      return Number(rows[0]?.at);
    }),
  );
}

async function redisTime({ common }: System): Promise<number> {
  const client = createRedis(common.REDIS_URL, "mgs-doctor", 5_000);
  try {
    await client.connect();
    return await ahead(async () => {
      const [seconds, micros] = await client.time();
      return Number(seconds) * 1_000 + Number(micros) / 1_000;
    });
  } finally {
    client.disconnect();
  }
}

/** The Date header has whole seconds, cut off: half a second later on average. */
async function issuerTime({ common }: System, signal: AbortSignal): Promise<number> {
  return ahead(async () => {
    const response = await fetch(`${common.OAUTH_SERVER_URL}/health/live`, { signal });
    await response.body?.cancel();
    const date = Date.parse(response.headers.get("date") ?? "");
    if (Number.isNaN(date)) throw new Error("no Date header");
    return date + 500;
  });
}
