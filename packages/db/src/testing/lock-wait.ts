import { vi } from "vitest";
import type { Database } from "../client";

/** Waits until a statement in this database waits for a lock of another one. */
export async function waitsForLock(database: Database): Promise<void> {
  const look = async () => {
    const waiting = await database.$queryRaw<unknown[]>`
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
        AND wait_event_type = 'Lock'`;
    if (waiting.length !== 1) throw new Error(`${waiting.length} statements wait for a lock`);
  };
  await vi.waitFor(look, 20_000);
}
