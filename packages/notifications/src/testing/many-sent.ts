import type { Database } from "@mgs/db/client";
import type { SentFilter } from "../admin/sent-filter";

/**
 * Fills a table for query plans like years of use: sources and types that are common, rare, or never together; 1,000
 * recipients; 500 dead letters among the old rows, and a backlog among the newest.
 */
export async function insertManySent(database: Database, rows: number, people = 1_000): Promise<void> {
  await database.$executeRaw`
    INSERT INTO users (id, email, name, password_hash, role)
    SELECT u, 'many' || u || '@mgs.mg', 'Many ' || u, '-', 'direction' FROM generate_series(1000, 999 + ${people}::int) u`;
  await database.$executeRaw`
    INSERT INTO notifications (id, user_id, seq, type, titre, message, source, created_at, read_at, archived_at, deleted_at)
    SELECT
      encode(int8send(((${FIRST_ROW_MS}::bigint + g * ${ROW_INTERVAL_MS}::bigint) << 16) | 28672) || substring(uuid_send(gen_random_uuid()) FROM 9), 'hex')::uuid,
      1000 + ((g::bigint * 7919) % ${people}::int)::int, g,
      CASE WHEN g % 5000 = 7 THEN 'rare' WHEN source = 'commercial' AND g % 3 = 0 THEN 'relance' ELSE 'information' END,
      'titre ' || g, 'message', source, to_timestamp((${FIRST_ROW_MS}::bigint + g * ${ROW_INTERVAL_MS}::bigint) / 1000.0),
      CASE WHEN g % 3 = 0 THEN now() END, CASE WHEN g % 10 = 1 THEN now() END, CASE WHEN g % 10 = 2 THEN now() END
    FROM generate_series(0, ${rows}::int - 1) g,
      LATERAL (SELECT CASE WHEN g < 200 THEN 'erp' WHEN g % 2 = 0 THEN 'commercial' ELSE 'gestion-dossier' END AS source) s`;
  await database.$executeRaw`
    INSERT INTO outbox (id, queue, kind, payload, notification_id, channel, state, attempts, finished_at)
    SELECT gen_random_uuid(), 'emails', 'notification.email', '{}', n.id, 'email',
      CASE WHEN n.seq > ${rows}::int - ${rows}::int / 50 THEN 'pending' WHEN n.seq % (${rows}::int / 500) = 0 THEN 'dead' ELSE 'sent' END,
      1, now()
    FROM notifications n
    WHERE n.seq > ${rows}::int - ${rows}::int / 20 OR n.seq % (${rows}::int / 500) = 0`;
  await database.$executeRawUnsafe("VACUUM ANALYZE notifications");
  await database.$executeRawUnsafe("VACUUM ANALYZE outbox");
}

/** Time of the first row (Unix), and the distance from one row to the next. */
const FIRST_ROW_MS = 1_790_000_000_000;
const ROW_INTERVAL_MS = 1_000;

type Choice = Partial<SentFilter>;

/** Lists every filter that the page allows, with values that PostgreSQL finds fast and values that it finds slowly. */
export function listFilters(rows: number): SentFilter[] {
  const choices: Choice[][] = [
    [{}, { source: "commercial" }, { source: "gestion-dossier" }, { source: "erp" }],
    [{}, { type: "information" }, { type: "relance" }, { type: "rare" }],
    [{}, { user_id: 1_003 }],
    [{}, { state: "failed" }, { state: "pending" }, { state: "delivered" }],
    [{}, { from: sentAtOf(rows / 4), to: sentAtOf(rows / 2) }],
  ];
  return choices.reduce<Choice[]>(
    (all, some) => all.flatMap((left) => some.map((right) => ({ ...left, ...right }))),
    [{}],
  );
}

/** The time at which row `number` was sent. */
export function sentAtOf(number: number): Date {
  return new Date(FIRST_ROW_MS + Math.floor(number) * ROW_INTERVAL_MS);
}

type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: PlanNode[];
};

/** How PostgreSQL ran a statement: its time, its scans, and the count of table rows that it read. */
export type Plan = { ms: number; scans: string[]; rowsRead: number };

/**
 * Runs `ask`, and then its statement once more under EXPLAIN ANALYZE, as a prepared statement.
 * @param mode `generic`: the plan for any values, which a connection uses after some runs of a statement
 */
export async function explain(
  database: Database,
  ask: (database: Database) => Promise<unknown>,
  mode: "custom" | "generic" = "custom",
): Promise<Plan> {
  let statement = { text: "", values: [] as unknown[] };
  const spy = database.$extends({
    query: {
      async $queryRaw({ args, query }) {
        statement = { text: args.text, values: [...args.values] };
        return query(args);
      },
    },
  });
  await ask(spy as unknown as Database);
  const values = statement.values.length > 0 ? `(${statement.values.map(literal).join(", ")})` : "";
  return database.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe(`SET LOCAL plan_cache_mode = force_${mode}_plan`);
      await tx.$executeRawUnsafe(`PREPARE explained AS ${statement.text}`);
      const rows = await tx.$queryRawUnsafe<Record<string, [{ Plan: PlanNode; "Execution Time": number }]>[]>(
        `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE explained${values}`,
      );
      await tx.$executeRawUnsafe("DEALLOCATE explained");
      const [root] = Object.values(rows[0] ?? {})[0] ?? [];
      if (!root) throw new Error("PostgreSQL explained nothing");
      const nodes = flatten(root.Plan);
      return {
        ms: root["Execution Time"],
        scans: [...new Set(nodes.flatMap(scanOf))],
        rowsRead: nodes.reduce((sum, node) => sum + (node["Relation Name"] ? countRowsRead(node) : 0), 0),
      };
    },
    { timeout: 60_000 },
  );
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

function scanOf(node: PlanNode): string[] {
  if (node["Index Name"]) return [node["Index Name"]];
  return node["Node Type"] === "Seq Scan" ? [`Seq Scan on ${node["Relation Name"]}`] : [];
}

function countRowsRead(node: PlanNode): number {
  const perLoop =
    (node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  return Math.round(perLoop * (node["Actual Loops"] ?? 0));
}

function literal(value: unknown): string {
  return typeof value === "number" ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
}
