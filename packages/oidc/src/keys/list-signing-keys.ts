import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import type { Database } from "@mgs/db/client";
import { readKeyDates } from "../keys.repository";
import { requirePermission } from "../permissions";
import { describeKeys, type KeyState } from "./key-states";

export type SigningKeyDto = {
  kid: string;
  state: KeyState;
  created_at: string;
  /** From when on it signs, or signed. */
  signs_from: string;
  /** Until when it is published; null while no other key replaces it. */
  published_until: string | null;
};

/** Lists the signing keys, retired ones included, the newest first. @throws AppError FORBIDDEN */
export async function listSigningKeys(
  { database, clock }: { database: Database; clock: Clock },
  actor: Actor,
): Promise<SigningKeyDto[]> {
  requirePermission(actor, "keys.read");
  return describeKeys(await readKeyDates(database, { retired: true }), clock.now()).map((key) => ({
    kid: key.kid,
    state: key.state,
    created_at: key.createdAt.toISOString(),
    signs_from: key.activatesAt.toISOString(),
    published_until: key.publishedUntil?.toISOString() ?? null,
  }));
}
