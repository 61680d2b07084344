import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { REFRESH_REPLAY_WINDOW_SECONDS } from "./lifetimes";

export type ReplayKey = { tokenHash: string; clientId: string };

const context = (key: ReplayKey): string => `refresh-replay:${key.clientId}:${key.tokenHash}`;

/** An answer of the token endpoint, repeated to the client when it presents the same token again. */
export type Replay = {
  key: ReplayKey;
  answer: string;
};

/** Columns of a row, for the statement that writes all of a request. */
export function replayColumns(sealer: Sealer, { key, answer }: Replay) {
  return {
    token_hash: key.tokenHash,
    client_id: key.clientId,
    answer: sealer.seal(answer, context(key)),
    expires_at: new Date(Date.now() + REFRESH_REPLAY_WINDOW_SECONDS * 1_000),
  };
}

/** Finds the answer given to a refresh token: `foreign` when another client presented it, null while there is none. */
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
