/**
 * Fills an empty, migrated database with events, and prints what each filter of the list costs. docs/query-plans.md has its table.
 * Usage: DATABASE_URL=… tsx packages/audit/src/testing/explain-trail.ts 1000000
 */
import { createDatabase } from "@mgs/db/client";
import { readTrail } from "../trail/trail.repository";
import type { TrailFilter } from "../trail/trail-filter";

const rows = Number(process.argv[2] ?? 1_000_000);
const database = createDatabase(process.env.DATABASE_URL ?? "", 4);
const RUNS = 20;

/** The last events of 3 years, by 1,000 people; one in 500 is about clients, and one in 100,000 about keys. */
async function fill(): Promise<void> {
  const [{ count } = { count: 0 }] = await database.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "audit_events"`;
  if (count >= rows) return;
  await database.$executeRawUnsafe(`
    INSERT INTO audit_events (id, at, actor, action, subject_type, subject, user_id, ip, details)
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid,
      at, 'user:' || (1 + i % 1000),
      CASE WHEN i % 100000 = 0 THEN 'key.rotated' WHEN i % 500 = 0 THEN 'client.created' WHEN i % 3 = 0 THEN 'session.ended' ELSE 'sign-in.succeeded' END,
      'session', md5(i::text), 1 + i % 1000, '10.' || i % 200 || '.0.' || i % 50, '{"method": "password"}'
    FROM (SELECT i, now() - (${rows} - i) * interval '90 seconds' AS at FROM generate_series(1, ${rows}) i) s`);
  await database.$executeRawUnsafe("VACUUM ANALYZE audit_events");
}

async function measure(name: string, filter: TrailFilter): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await readTrail(database, filter, {}, 51);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  process.stdout.write(`| ${name} | ${times[RUNS / 2]?.toFixed(1)} | ${times.at(-1)?.toFixed(1)} |\n`);
}

await fill();
const from = new Date(Date.now() - 400 * 86_400_000);
const to = new Date(Date.now() - 399 * 86_400_000);
await measure("none", {});
await measure("period of a day", { from, to });
await measure("person", { user_id: 500 });
await measure("person who does not exist", { user_id: 5_000 });
await measure("common group", { group: "sign-in" });
await measure("rare group", { group: "key" });
await measure("address", { ip: "10.7.0.7" });
await measure("person and group", { user_id: 500, group: "session" });
await measure("person and a group that they never were in", { user_id: 500, group: "key" });
await measure("group and address", { group: "client", ip: "10.100.0.0" });
await measure("person and period", { user_id: 500, from, to });
await database.$disconnect();
