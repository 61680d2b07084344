import { mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { sha256 } from "@mgs/core/crypto";
import { migrate } from "@mgs/db/migrate";
import { Redis } from "ioredis";
import { Pool } from "pg";
import { SCOPES } from "../packages/core/src/scopes";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "../tooling/src/seed/people";
import { findFreePortRange } from "../tooling/src/services/ports";
import { ensureDatabase } from "../tooling/src/services/postgres";
import { postgresUrl } from "../tooling/src/services/postgres-url";
import { redisUrl } from "../tooling/src/services/redis";
import { type RunningInstance, startInstance } from "../tooling/src/testing/instance";
import { startFloor } from "./children";
import { CLIENT, createBasicHeader, WEB_CLIENT } from "./clients";

const MIGRATIONS = join(import.meta.dirname, "..", "prisma", "migrations");
const FLOOR_DATABASE = "mgs_floor";
/** Recipients in the product's and the floor's databases. */
export const FIRST_PERSON_ID = 100_001;
export const PERSON_COUNT = 200;

/** The administrator of the demonstration accounts. */
export const CREDENTIALS = { email: DEMO_ACCOUNTS[0]?.email ?? "", password: DEMO_PASSWORD };

/** Limits are raised and not removed, so that the product still checks each of them. */
const RAISED_LIMITS = {
  SEND_LIMIT_USER_PER_MINUTE: "10000000",
  SEND_LIMIT_CLIENT_PER_MINUTE: "10000000",
  SIGN_IN_ATTEMPTS: "10000",
  SIGN_IN_ATTEMPTS_PER_ADDRESS: "100000",
};

/** The product as it runs for a company, and the floors' databases on the same servers. */
export type World = {
  instance: RunningInstance;
  database: Pool;
  floorDatabase: Pool;
  floorDatabaseUrl: string;
  redisUrl: string;
  redis: Redis;
  pusherSecret: string;
  versions: { postgres: string; redis: string };
  /** Waits until all rows are delivered, for a minute at most. @throws Error */
  delivered(): Promise<void>;
  /** Free bytes on the disk with the data folder. */
  freeBytes(): number;
  /** Makes a migrated database beside the instance's own, on the same server. */
  createDatabase(name: string): Promise<{ url: string; drop(): Promise<void> }>;
  /** Opens one connection to a database. */
  openPool(url: string): Pool;
  /** Empties inboxes, outbox and queues on both sides: each round begins with the same tables. */
  reset(): Promise<void>;
  stop(): Promise<void>;
};

export async function openWorld(): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), "mgs-bench-"));
  const mail = await startFloor("mail-server.ts", {});
  const env = { ...RAISED_LIMITS, SMTP_URL: `smtp://127.0.0.1:${mail.port}`, MAIL_FROM: "MGS <bench@mgs.localhost>" };
  const instance = await startInstance({ portBase: await findFreePortRange(9), dataDir, env });
  const secrets: Record<string, string> = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8"));
  const postgresPort = instance.ports.postgres ?? 0;
  const password = secrets.postgresPassword ?? "";
  await ensureDatabase(postgresPort, password, FLOOR_DATABASE);
  const floorDatabaseUrl = postgresUrl(postgresPort, password, FLOOR_DATABASE);
  await migrate(floorDatabaseUrl, MIGRATIONS);
  const database = new Pool({ connectionString: instance.databaseUrl, max: 4 });
  const floorDatabase = new Pool({ connectionString: floorDatabaseUrl, max: 4 });
  const url = redisUrl(instance.ports.redis ?? 0, secrets.redisPassword ?? "");
  const redis = new Redis(url);
  await Promise.all([database, floorDatabase].map(addPeople));
  await addClients(database);
  const postgres = await database.query("SHOW server_version");
  return {
    instance,
    database,
    floorDatabase,
    floorDatabaseUrl,
    redisUrl: url,
    redis,
    pusherSecret: secrets.PUSHER_APP_SECRET ?? "",
    versions: {
      postgres: String(postgres.rows[0]?.server_version),
      redis: /redis_version:(\S+)/.exec(await redis.info("server"))?.[1] ?? "?",
    },
    async delivered() {
      const deadline = performance.now() + 60_000;
      for (;;) {
        const { rowCount } = await database.query("SELECT FROM outbox WHERE state IN ('pending', 'leased') LIMIT 1");
        if (rowCount === 0) return;
        if (performance.now() > deadline) throw new Error("not all was delivered");
        await wait(100);
      }
    },
    freeBytes() {
      const { bavail, bsize } = statfsSync(dataDir);
      return bavail * bsize;
    },
    async createDatabase(name) {
      await ensureDatabase(postgresPort, password, name);
      const url = postgresUrl(postgresPort, password, name);
      await migrate(url, MIGRATIONS);
      return {
        url,
        async drop() {
          await database.query(`DROP DATABASE "${name}" WITH (FORCE)`);
        },
      };
    },
    openPool: (connectionString) => new Pool({ connectionString, max: 1 }),
    async reset() {
      await redis.flushall();
      await Promise.all(
        [database, floorDatabase].map(async (side) => {
          await side.query("TRUNCATE outbox, notifications, inboxes");
          await side.query("INSERT INTO inboxes (user_id) SELECT id FROM users WHERE id >= $1", [FIRST_PERSON_ID]);
        }),
      );
      await database.query("CHECKPOINT");
    },
    async stop() {
      redis.disconnect();
      await Promise.all([database.end(), floorDatabase.end()]);
      await instance.stop();
      await mail.stop();
      if (!process.env.MGS_BENCH_KEEP) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function addPeople(database: Pool): Promise<void> {
  await database.query(
    `INSERT INTO users (id, email, name, password_hash, role)
     SELECT $1::int + n, 'bench' || n || '@mgs.mg', 'Bench ' || n, '-', 'direction' FROM generate_series(0, $2::int - 1) n`,
    [FIRST_PERSON_ID, PERSON_COUNT],
  );
}

async function addClients(database: Pool): Promise<void> {
  await database.query(
    `INSERT INTO clients (id, name, secret_hash, first_party, machine, redirect_uris, post_logout_redirect_uris, scopes)
     VALUES ($1, 'Bench', $2, false, true, '{}', '{}', '{notifications:send}'),
            ($3, 'Bench web', $4, true, false, ARRAY[$5], '{}', $6)`,
    [CLIENT.id, sha256(CLIENT.secret), WEB_CLIENT.id, sha256(WEB_CLIENT.secret), WEB_CLIENT.redirectUri, [...SCOPES]],
  );
}

/** Requests an access token of the machine client. */
export async function requestMachineToken({ instance }: World): Promise<string> {
  const response = await fetch(`${instance.urls.administration}/oauth/token`, {
    method: "POST",
    headers: { authorization: createBasicHeader(CLIENT) },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token }: { access_token: string } = await response.json();
  return access_token;
}
