import { mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateClient } from "../build";
import { findFreePortRange } from "../services/ports";
import { ensureDatabase, preparePostgres } from "../services/postgres";
import { postgresUrl } from "../services/postgres-url";
import { prepareRedis, REDIS_PROGRAMS, redisUrl } from "../services/redis";
import { startGuard } from "../supervisor/guard";
import { createLogSink } from "../supervisor/log-sink";
import { createSupervisor } from "../supervisor/supervisor";
import { requireProgram, requirePrograms } from "./programs";

/** Variable with the URL of the integration tests' Redis; each test takes a key prefix or a database of its own. */
const TEST_REDIS_URL = "MGS_TEST_REDIS_URL";
/** Variable with the program of servers that tests run: see `@mgs/jobs/testing/redis-server`. */
const TEST_REDIS_PROGRAM = "MGS_TEST_REDIS_PROGRAM";
const PASSWORD = "mgs-test";
const MIGRATIONS = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));

/**
 * Starts a PostgreSQL with a migrated template database and a Redis for the integration tests, in a temporary folder
 * and on free ports. A guard ends both and removes the folder even when the test run is killed.
 * @throws Error at once that lists every missing program and the ways to install it
 */
export default async function setup(): Promise<() => Promise<void>> {
  await requirePrograms("integration");
  const binary = await requireProgram(REDIS_PROGRAMS[0]);
  const guard = startGuard();
  await generateClient({ guard });
  // These imports load the client that has just been generated.
  const [{ migrate }, { TEST_DATABASE_URL, TEST_TEMPLATE }] = await Promise.all([
    import("@mgs/db/migrate"),
    import("@mgs/db/testing/test-database"),
  ]);
  const folder = await realpath(await mkdtemp(join(tmpdir(), "mgs-test-")));
  guard.removeAtEnd(folder);
  const supervisor = createSupervisor({
    guard,
    log: createLogSink(join(folder, "logs"), () => {}),
    say: console.error,
  });
  const stop = async () => {
    await supervisor.stop();
    await guard.release();
  };
  try {
    // The port is outside of the ephemeral range, because PostgreSQL takes it only after its folder is made.
    const postgresPort = await findFreePortRange(2);
    const redisPort = postgresPort + 1;
    await Promise.all([
      preparePostgres({
        folder: join(folder, "postgres"),
        port: postgresPort,
        password: PASSWORD,
        durable: false,
      }).then(supervisor.start),
      prepareRedis({
        binary,
        folder: join(folder, "redis"),
        port: redisPort,
        password: PASSWORD,
        durable: false,
      }).then(supervisor.start),
    ]);
    await ensureDatabase(postgresPort, PASSWORD, TEST_TEMPLATE);
    await migrate(postgresUrl(postgresPort, PASSWORD, TEST_TEMPLATE), MIGRATIONS);
    process.env[TEST_DATABASE_URL] = postgresUrl(postgresPort, PASSWORD, "postgres");
    process.env[TEST_REDIS_URL] = redisUrl(redisPort, PASSWORD);
    process.env[TEST_REDIS_PROGRAM] = binary;
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
