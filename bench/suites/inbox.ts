import { join } from "node:path";
import type { PoolClient } from "pg";
import { Browser } from "../browser";
import { percentile } from "../measure";
import type { Line } from "../report";
import type { Suite } from "../suite";
import { CREDENTIALS, FIRST_PERSON, PEOPLE, type World } from "../world";

/** Rows in the whole table; the reader who is asked for has as many in each. */
const SIZES = [10_000, 1_000_000, 10_000_000];
const OWN_ROWS = 5_000;
/** Bytes a row takes with its indexes, about: what is not there is not tried. */
const BYTES_PER_ROW = 900;

const PATHS = {
  "inbox page": "/api/notifications?limit=20",
  changes: `/api/notifications/changes?after=${OWN_ROWS - 20}`,
  "unread count": "/api/notifications/unread-count",
};

/** Reading one's inbox while the table of all grows; the smallest table is the floor of the larger ones. */
export const inbox: Suite = async (world, { quick }) => {
  const sizes = quick ? SIZES.slice(0, 1) : SIZES.filter((size) => size * BYTES_PER_ROW < world.freeBytes() / 3);
  const port = world.instance.ports.administration ?? 0;
  const first = await Browser.open(port);
  const { access_token } = await first.signIn(CREDENTIALS);
  first.close();
  const smallest: Record<string, number> = {};
  const lines: Line[] = [];
  try {
    await world.reset();
    let there = 0;
    for (const size of sizes) {
      await fill(world, there, size);
      there = size;
      // The server closes a connection that waits for a table to be filled.
      const browser = await Browser.open(port);
      for (const [what, path] of Object.entries(PATHS)) {
        const times: number[] = [];
        for (let index = 0; index < (quick ? 20 : 220); index++) {
          const startedAt = performance.now();
          const { status } = await browser.ask("GET", path, { headers: { authorization: `Bearer ${access_token}` } });
          if (status !== 200) throw new Error(`${path} was answered ${status}`);
          if (index >= 20 || quick) times.push(performance.now() - startedAt);
        }
        const value = percentile(times, 50);
        const floor = size === sizes[0] ? null : (smallest[what] ?? null);
        smallest[what] ??= value;
        const name = `${what}, ${size.toLocaleString("en-US")} rows, p50`;
        lines.push({ suite: "inbox", what: name, unit: "ms", value, floor, aim: floor === null ? null : 1.5 });
      }
      browser.close();
    }
  } finally {
    await world.reset();
  }
  return lines;
};

/** Settings for the time of the filling alone: what a crash takes is made again. Minutes less of checkpoints. */
const CARELESS = {
  fsync: "off",
  full_page_writes: "off",
  autovacuum: "off",
  max_wal_size: "16GB",
  checkpoint_timeout: "1h",
} as const;

/** `ALTER SYSTEM` is no statement of a transaction, so each goes alone. */
async function configure(client: PoolClient, change: (name: string) => string): Promise<void> {
  for (const name of Object.keys(CARELESS)) await client.query(change(name));
  await client.query("SELECT pg_reload_conf()");
}

/**
 * Rows from `from` to `to`, by COPY: the reader's own first, then everybody else's, in the order in which they were sent.
 * Indexes are made anew afterwards and foreign keys not looked at: ten million rows in minutes.
 */
async function fill({ database }: World, from: number, to: number): Promise<void> {
  const client = await database.connect();
  // Where the server may write, whoever it runs as.
  const { rows: folders } = await client.query<{ data_directory: string }>("SHOW data_directory");
  const file = join(folders[0]?.data_directory ?? "/tmp", "mgs-bench.copy");
  const columns = "id, user_id, seq, type, titre, message, source, created_at, read_at";
  try {
    const { rows } = await client.query<{ id: number }>("SELECT id FROM users WHERE email = $1", [CREDENTIALS.email]);
    const reader = rows[0]?.id ?? 0;
    const indexes = await client.query<{ name: string; definition: string }>(
      `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
       WHERE i.indrelid = 'notifications'::regclass AND NOT i.indisprimary`,
    );
    await client.query("SET session_replication_role = replica");
    await client.query("SET maintenance_work_mem = '2GB'");
    await configure(client, (name) => `ALTER SYSTEM SET ${name} = '${CARELESS[name as keyof typeof CARELESS]}'`);
    for (const { name } of indexes.rows) await client.query(`DROP INDEX ${name}`);
    await client.query(
      `COPY (SELECT encode(int8send(((1700000000000 + n) << 16) | 28672) || substring(uuid_send(gen_random_uuid()) FROM 9),
           'hex')::uuid,
         CASE WHEN n <= ${OWN_ROWS} THEN ${reader} ELSE ${FIRST_PERSON} + n % ${PEOPLE} END, n, 'test_commercial',
         'Notification ' || n, 'Test de notification inter-applications', 'commercial',
         to_timestamp(1700000000 + n / 1000.0), CASE WHEN n % 3 > 0 THEN now() END
       FROM generate_series(${from + 1}::bigint, ${to}::bigint) n) TO '${file}'`,
    );
    await client.query(`COPY notifications (${columns}) FROM '${file}'`);
    // Empties the file, which is the server's to remove.
    await client.query(`COPY (SELECT 1 WHERE false) TO '${file}'`);
    for (const { definition } of indexes.rows) await client.query(definition);
    await client.query("SET session_replication_role = DEFAULT");
    await client.query(
      `INSERT INTO inboxes (user_id, seq, unread_count) VALUES ($1, ${OWN_ROWS}, ${Math.floor(OWN_ROWS / 3)})
       ON CONFLICT (user_id) DO UPDATE SET seq = excluded.seq, unread_count = excluded.unread_count`,
      [reader],
    );
    await client.query("VACUUM (ANALYZE) notifications");
  } finally {
    await configure(client, (name) => `ALTER SYSTEM RESET ${name}`);
    await client.query("CHECKPOINT");
    client.release(true);
  }
}
