import { join } from "node:path";
import type { PoolClient } from "pg";
import { Browser } from "../browser";
import { percentile } from "../measure";
import type { Line } from "../report";
import type { Suite } from "../suite";
import { CREDENTIALS, FIRST_PERSON_ID, PERSON_COUNT, type World } from "../world";

/** Rows in the whole table. The measured reader has the same number in each. */
const TABLE_ROW_COUNTS = [10_000, 1_000_000, 10_000_000];
const OWN_ROW_COUNT = 5_000;
/** Approximate size of a row with its indexes. A table that does not fit on the disk is skipped. */
const ROW_BYTES = 900;

const PATHS = {
  "inbox page": "/api/notifications?limit=20",
  changes: `/api/notifications/changes?after=${OWN_ROW_COUNT - 20}`,
  "unread count": "/api/notifications/unread-count",
};

/** Measures reads of one inbox while the table grows; the smallest table is the floor of the larger ones. */
export const inbox: Suite = async (world, { quick }) => {
  const sizes = quick
    ? TABLE_ROW_COUNTS.slice(0, 1)
    : TABLE_ROW_COUNTS.filter((size) => size * ROW_BYTES < world.freeBytes() / 3);
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
      await fillInboxes(world, there, size);
      there = size;
      // The server closes a connection that is idle while a table is filled.
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

/** Settings while a table is filled: they save minutes of checkpoints, and a crash would merely repeat the filling. */
const BULK_LOAD_SETTINGS = {
  fsync: "off",
  full_page_writes: "off",
  autovacuum: "off",
  max_wal_size: "16GB",
  checkpoint_timeout: "1h",
} as const;

/** Changes settings, each in a statement of its own, since `ALTER SYSTEM` cannot run in a transaction. */
async function configure(client: PoolClient, change: (name: string) => string): Promise<void> {
  for (const name of Object.keys(BULK_LOAD_SETTINGS)) await client.query(change(name));
  await client.query("SELECT pg_reload_conf()");
}

/**
 * Inserts the rows from `from` to `to` by COPY: the reader's own first, then other people's, in the order of their sending. It
 * recreates indexes afterwards and skips foreign keys, so ten million rows take minutes.
 */
async function fillInboxes({ database }: World, from: number, to: number): Promise<void> {
  const client = await database.connect();
  // The server's user can write to this folder.
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
    await configure(
      client,
      (name) => `ALTER SYSTEM SET ${name} = '${BULK_LOAD_SETTINGS[name as keyof typeof BULK_LOAD_SETTINGS]}'`,
    );
    for (const { name } of indexes.rows) await client.query(`DROP INDEX ${name}`);
    await client.query(
      `COPY (SELECT encode(int8send(((1700000000000 + n) << 16) | 28672) || substring(uuid_send(gen_random_uuid()) FROM 9),
           'hex')::uuid,
         CASE WHEN n <= ${OWN_ROW_COUNT} THEN ${reader} ELSE ${FIRST_PERSON_ID} + n % ${PERSON_COUNT} END, n, 'test_commercial',
         'Notification ' || n, 'Test de notification inter-applications', 'commercial',
         to_timestamp(1700000000 + n / 1000.0), CASE WHEN n % 3 > 0 THEN now() END
       FROM generate_series(${from + 1}::bigint, ${to}::bigint) n) TO '${file}'`,
    );
    await client.query(`COPY notifications (${columns}) FROM '${file}'`);
    // This empties the file; only the server's user can remove it.
    await client.query(`COPY (SELECT 1 WHERE false) TO '${file}'`);
    for (const { definition } of indexes.rows) await client.query(definition);
    await client.query("SET session_replication_role = DEFAULT");
    await client.query(
      `INSERT INTO inboxes (user_id, seq, unread_count) VALUES ($1, ${OWN_ROW_COUNT}, ${Math.floor(OWN_ROW_COUNT / 3)})
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
