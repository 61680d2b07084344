import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { prepared } from "@mgs/db/prepared";

type ReplayKey = { tokenHash: string; clientId: string };

const context = (key: ReplayKey): string => `refresh-replay:${key.clientId}:${key.tokenHash}`;

const SAVE = {
  name: "save-refresh-replay",
  text: `INSERT INTO refresh_replays (token_hash, client_id, answer, expires_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (token_hash) DO UPDATE
      SET client_id = excluded.client_id, answer = excluded.answer, expires_at = excluded.expires_at`,
};

/** @param seconds how long the answer may be given again */
export async function saveReplay(
  database: Database,
  sealer: Sealer,
  key: ReplayKey,
  answer: string,
  seconds: number,
): Promise<void> {
  const { tokenHash, clientId } = key;
  const expiresAt = new Date(Date.now() + seconds * 1_000);
  await prepared(database, SAVE, [tokenHash, clientId, sealer.seal(answer, context(key)), expiresAt]);
}

/** The answer given to this token: `foreign` when another client presented it, null while there is none. */
export async function findReplay(
  database: Database,
  sealer: Sealer,
  key: ReplayKey,
): Promise<{ answer: string } | "foreign" | null> {
  const row = await database.refreshReplay.findFirst({
    where: { tokenHash: key.tokenHash, expiresAt: { gt: new Date() } },
  });
  if (!row) return null;
  return row.clientId === key.clientId ? { answer: sealer.open(row.answer, context(key)) } : "foreign";
}
