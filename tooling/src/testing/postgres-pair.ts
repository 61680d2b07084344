import { execFile } from "node:child_process";
import { appendFile, chown, mkdtemp, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { migrate } from "@mgs/db/migrate";
import { Client } from "pg";
import { findFreePortRange } from "../services/ports";
import { ensureDatabase, preparePostgres } from "../services/postgres";
import { DATABASE_NAME, postgresUrl, SUPERUSER } from "../services/postgres-url";
import { startGuard } from "../supervisor/guard";
import { createLogSink } from "../supervisor/log-sink";
import { createSupervisor } from "../supervisor/supervisor";

/** Two PostgreSQL servers with the product's tables: a primary and a standby that streams from it. */
export type PostgresPair = {
  readonly primaryPort: number;
  readonly standbyPort: number;
  /** Makes the URL of the database at a port. */
  urlOf(port: number): string;
  /** Makes the standby the primary, with all writes of the old one. The old one stays up and takes no writes. */
  failOver(): Promise<void>;
  stop(): Promise<void>;
};

const PASSWORD = "mgs-pair";
const MIGRATIONS = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
const POLL_MS = 50;

export async function startPostgresPair(): Promise<PostgresPair> {
  const guard = startGuard();
  const folder = await realpath(await mkdtemp(join(tmpdir(), "mgs-pair-")));
  guard.removeAtEnd(folder);
  const log = createLogSink(join(folder, "logs"), () => {});
  const supervisor = createSupervisor({ guard, log, say: console.error });
  const stop = async () => {
    await supervisor.stop();
    await guard.release();
  };
  try {
    const primaryPort = await findFreePortRange(2);
    const standbyPort = primaryPort + 1;
    const urlOf = (port: number) => postgresUrl(port, PASSWORD);
    const start = async (name: string, port: number) => {
      const options = { folder: join(folder, name), port, password: PASSWORD, durable: false };
      await supervisor.start({ ...(await preparePostgres(options)), name });
    };
    await start("primary", primaryPort);
    await ensureDatabase(primaryPort, PASSWORD);
    await migrate(urlOf(primaryPort), MIGRATIONS);
    await copyPrimary(urlOf(primaryPort), primaryPort, folder);
    await start("standby", standbyPort);
    return {
      primaryPort,
      standbyPort,
      urlOf,
      async failOver() {
        await onServer(urlOf(primaryPort), async (primary) => {
          await primary.query("ALTER SYSTEM SET default_transaction_read_only = on");
          await primary.query("SELECT pg_reload_conf()");
          const { rows } = await primary.query<{ lsn: string }>("SELECT pg_current_wal_flush_lsn()::text AS lsn");
          await onServer(urlOf(standbyPort), async (standby) => {
            const hasAll = "SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS done";
            while (!(await standby.query(hasAll, [rows[0]?.lsn])).rows[0]?.done) {
              await new Promise((resolve) => setTimeout(resolve, POLL_MS));
            }
            await standby.query("SELECT pg_promote(wait => true)");
          });
        });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Copies the primary as `pg_basebackup` does, which the embedded servers lack. */
async function copyPrimary(url: string, port: number, folder: string): Promise<void> {
  const standby = join(folder, "standby");
  let label = "";
  await onServer(url, async (client) => {
    await client.query("SELECT pg_backup_start('standby', fast => true)");
    // The copy keeps owners, modes and times.
    await promisify(execFile)("cp", ["-a", join(folder, "primary"), standby]);
    const { rows } = await client.query<{ labelfile: string }>(
      "SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)",
    );
    label = rows[0]?.labelfile ?? "";
  });
  await rm(join(standby, "postmaster.pid"));
  const primary = `host=127.0.0.1 port=${port} user=${SUPERUSER} password=${PASSWORD} dbname=${DATABASE_NAME}`;
  const settings = join(standby, "postgresql.auto.conf");
  await appendFile(settings, `primary_conninfo = '${primary}'\n`);
  const owner = await stat(settings);
  for (const [name, text] of [
    ["backup_label", label],
    ["standby.signal", ""],
  ] as const) {
    await writeFile(join(standby, name), text, { mode: 0o600 });
    await chown(join(standby, name), owner.uid, owner.gid);
  }
}

async function onServer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
