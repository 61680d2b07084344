import { createDatabase } from "@mgs/db/client";
import { readSent } from "../admin/sent.repository";
import type { SentFilter } from "../admin/sent-filter";
import { explain, insertManySent, listFilters, type Plan } from "./many-sent";

/**
 * Prints docs/query-plans.md's table: `DATABASE_URL=… tsx explain-sent.ts [rows]`. The database has to be migrated and may
 * be filled by an earlier run; never run it on one that is in use.
 */
const rows = Number(process.argv[2] ?? 1_000_000);
const url = process.env.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL is required");
const database = createDatabase(url, 2);
if ((await database.notification.count({ take: 1 })) === 0) await insertManySent(database, rows);

type Line = { worst: Plan; filter: SentFilter; scans: Set<string> };
const lines = new Map<string, Line>();
const PAGE_SIZE = 51;
for (const filter of listFilters(rows)) {
  // The first run fills the cache, so that the table shows the cost of a page and not of a cold disk.
  for (const mode of ["custom", "generic"] as const) {
    const plan = await explain(database, (spied) => readSent(spied, filter, {}, PAGE_SIZE), mode);
    const key = ["source", "type", "user_id", "from"].filter((name) => name in filter).join(" + ");
    const name = `${filter.state ?? "any"} | ${key === "" ? "—" : key.replace("user_id", "recipient").replace("from", "time")}`;
    const line = lines.get(name) ?? { worst: plan, filter, scans: new Set<string>() };
    for (const scan of plan.scans) line.scans.add(scan);
    if (plan.ms > line.worst.ms) Object.assign(line, { worst: plan, filter });
    lines.set(name, line);
  }
}
process.stdout.write(
  "| state | filters | slowest, ms | table rows read | values of the filters | indexes |\n|---|---|--:|--:|---|---|\n",
);
for (const [name, { worst, filter, scans }] of lines) {
  const { state: _, from: __, to: ___, ...values } = filter;
  const shownValues = Object.values(values).join(", ") || "—";
  const indexes = [...scans].filter((scan) => !/^(users|notifications)_pkey$/.test(scan));
  process.stdout.write(
    `| ${name} | ${worst.ms.toFixed(1)} | ${worst.rowsRead} | ${shownValues} | ${indexes.join(", ") || "notifications_pkey"} |\n`,
  );
}
await database.$disconnect();
