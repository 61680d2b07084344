import { mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "@mgs/db/migrate";
import { Pool } from "pg";
import { findFreePortRange } from "../tooling/src/services/ports";
import { ensureDatabase, preparePostgres } from "../tooling/src/services/postgres";
import { postgresUrl } from "../tooling/src/services/postgres-url";
import { startGuard } from "../tooling/src/supervisor/guard";
import { createLogSink } from "../tooling/src/supervisor/log-sink";
import { createSupervisor } from "../tooling/src/supervisor/supervisor";
import { fillConversation, fillMessages } from "./messages/fill";
import { OPEN_LOOK_UPS, OWN_LOOK_UPS } from "./messages/look-ups";
import { measureScale } from "./scale";

const [what, small, large] = process.argv.slice(2);
const guard = startGuard();
const folder = await realpath(await mkdtemp(join(tmpdir(), "mgs-scale-")));
guard.removeAtEnd(folder);
const supervisor = createSupervisor({ guard, log: createLogSink(join(folder, "logs"), () => {}), say: console.error });
const port = await findFreePortRange(2);
await preparePostgres({ folder: join(folder, "postgres"), port, password: "x", durable: false }).then(supervisor.start);
const MIG = join(import.meta.dirname, "..", "prisma", "migrations");
const admin = new Pool({ connectionString: postgresUrl(port, "x", "postgres"), max: 1 });
const world = {
  async createDatabase(name: string) {
    await ensureDatabase(port, "x", name);
    const url = postgresUrl(port, "x", name);
    await migrate(url, MIG);
    console.error("filling", name, new Date().toISOString());
    return { url, async drop() { console.error("url", url); } };
  },
  openPool: (connectionString: string) => new Pool({ connectionString, max: 1 }),
};
if (process.env.HOLD) {
  const { url } = await world.createDatabase("mgs_hold");
  const pool = world.openPool(url);
  await pool.query("SET session_replication_role = replica");
  await (what === "own" ? fillMessages : fillConversation)(pool, Number(large));
  await pool.query("VACUUM (ANALYZE)");
  console.error("filled", url, new Date().toISOString());
  await new Promise((r) => setTimeout(r, 1_800_000));
}
const lines = await measureScale(
  world, { rounds: 3, seconds: 1, quick: !!process.env.QUICK, plans: !!process.env.PLANS },
  what === "own" ? "messages" : "conversation", what === "own" ? fillMessages : fillConversation,
  what === "own" ? OWN_LOOK_UPS : OPEN_LOOK_UPS, { rowCounts: { small: Number(small), large: Number(large) } });
for (const l of lines) console.log(l.what.padEnd(80), l.value.toFixed(2), l.floor?.toFixed(2), ((l.value) / (l.floor ?? 1)).toFixed(2));
if (process.env.HOLD) { console.error(postgresUrl(port, "x", "mgs_messages_large")); await new Promise((r) => setTimeout(r, 1_800_000)); }
await admin.end();
await supervisor.stop();
await guard.release();
process.exit(0);
