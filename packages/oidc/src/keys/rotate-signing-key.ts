import { audit, auditAll } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { requireFreshProof } from "@mgs/identity/proofs/require-fresh-proof";
import { insertSigningKey, lockSigningKeys, readKeyDates, retireSigningKeys } from "../keys.repository";
import { SIGNING_KEY_LEAD_SECONDS } from "../lifetimes";
import { requirePermission } from "../permissions";
import { describeKeys } from "./key-states";

type RotationDeps = { database: Database; sealer: Sealer; clock: Clock };

export type Rotation = {
  /** The key that signs next, or from now on. */
  kid: string;
  signs_from: string;
  /** False when another key was about to sign already: two rotations at one time make one key. */
  changed: boolean;
  /** Keys that verify nothing any more. */
  revoked: string[];
};

/**
 * Makes the next signing key. It is published at once and signs after the lead, when clients' copies of the key set have it; the key
 * before stays published until its last token has expired.
 * @param isEmergency the new key signs at once and all others are revoked: what they signed verifies nowhere any more
 * @throws AppError FORBIDDEN, PROOF_REQUIRED
 */
export async function rotateSigningKey(
  deps: RotationDeps,
  actor: Actor,
  { isEmergency = false } = {},
): Promise<Rotation> {
  requirePermission(actor, "keys.rotate");
  await requireFreshProof(deps, actor);
  const now = deps.clock.now();
  return deps.database.$transaction(async (tx) => {
    await lockSigningKeys(tx);
    const keys = describeKeys(await readKeyDates(tx), now);
    const upcoming = keys.find(({ state }) => state === "upcoming");
    if (upcoming && !isEmergency) {
      return { kid: upcoming.kid, signs_from: upcoming.activatesAt.toISOString(), changed: false, revoked: [] };
    }
    const activatesAt = isEmergency ? now : new Date(now.getTime() + SIGNING_KEY_LEAD_SECONDS * 1_000);
    const kids = keys.map(({ kid }) => kid);
    const revoked = isEmergency ? await retireSigningKeys(tx, kids, now) : [];
    const kid = await insertSigningKey(tx, deps.sealer, activatesAt);
    const details = { signs_from: activatesAt.toISOString() };
    await audit(tx, { actor, action: "key.rotated", subject: kid, details });
    await auditAll(
      tx,
      revoked.map((subject) => ({ actor, action: "key.revoked" as const, subject })),
    );
    return { kid, signs_from: details.signs_from, changed: true, revoked };
  });
}
