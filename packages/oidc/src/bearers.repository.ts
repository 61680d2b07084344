import { createBatcher } from "@mgs/core/batch";
import { type Sealer, sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";
import { openPayload, type PayloadRow } from "./payloads.repository";
import type { StoredPayload } from "./stored-payload";

/** An access token's row with its client, user session and person; null columns for those that have ended. */
type BearerRow = PayloadRow & {
  client: string | null;
  session: string | null;
  user_id: number | null;
  role: string | null;
  portals: string[] | null;
  permissions: string[] | null;
  locale: string | null;
};

export type Bearer = Omit<BearerRow, keyof PayloadRow> & { token: StoredPayload };

const FIND_BEARERS = {
  name: "find-bearers",
  text: "SELECT * FROM live_bearers WHERE id_hash = ANY($1)",
};

/** Look-ups that come while one is under way share the next statement. Each call still looks its token up. */
const BEARER_BATCH = { maxBatchSize: 64, maxWaitMs: 10, maxConcurrency: 4 };
const lookUps = new WeakMap<Database, (idHash: string) => Promise<BearerRow | null>>();

/** Finds the access token that a caller presents, with what decides whether it is valid. */
export async function findBearer(database: Database, sealer: Sealer, token: string): Promise<Bearer | null> {
  let lookUp = lookUps.get(database);
  if (!lookUp) {
    lookUp = createBatcher(async (hashes: readonly string[]) => {
      const rows = await queryPrepared<BearerRow>(database, FIND_BEARERS, [hashes]);
      const byHash = new Map(rows.map((row) => [row.id_hash, row]));
      return hashes.map((hash) => ({ status: "fulfilled", value: byHash.get(hash) ?? null }));
    }, BEARER_BATCH);
    lookUps.set(database, lookUp);
  }
  const row = await lookUp(sha256(token));
  if (!row) return null;
  const { client, session, user_id, role, portals, permissions, locale } = row;
  return { client, session, user_id, role, portals, permissions, locale, token: openPayload(sealer, row) };
}
