import { auditAll } from "@mgs/audit/audit.repository";
import type { SystemActor } from "@mgs/core/actor";
import { type Clock, systemClock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import type { Logger } from "@mgs/core/logger";
import type { Database } from "@mgs/db/client";
import type { Schedule } from "@mgs/module/schedule";
import { lockSigningKeys, readKeyDates, retireSigningKeys } from "../keys.repository";
import { SIGNING_KEY_ROTATION_SECONDS } from "../lifetimes";
import { describeKeys } from "./key-states";
import { rotateSigningKey } from "./rotate-signing-key";

const WORKER: SystemActor = { kind: "system", name: "worker" };
const INTERVAL_MS = 10 * 60_000;

type Deps = { database: Database; sealer: Sealer; logger: Logger };

/** Rotates the signing key when it is old, and retires keys whose last token has expired. */
export async function maintainSigningKeys(
  { database, sealer, logger }: Deps,
  clock: Clock = systemClock,
): Promise<void> {
  const now = clock.now();
  const keys = describeKeys(await readKeyDates(database), now);
  const signing = keys.find(({ state }) => state === "signing");
  const dueAt = now.getTime() - SIGNING_KEY_ROTATION_SECONDS * 1_000;
  if (signing && signing.activatesAt.getTime() <= dueAt) {
    const { kid, signs_from, changed } = await rotateSigningKey({ database, sealer, clock }, WORKER);
    if (changed) logger.info({ kid, signsFrom: signs_from }, "signing key rotated");
  }
  const expired = keys.filter(({ state }) => state === "retired").map(({ kid }) => kid);
  if (expired.length === 0) return;
  const retired = await database.$transaction(async (tx) => {
    await lockSigningKeys(tx);
    const kids = await retireSigningKeys(tx, expired, now);
    await auditAll(
      tx,
      kids.map((subject) => ({ actor: WORKER, action: "key.retired" as const, subject })),
    );
    return kids;
  });
  for (const kid of retired) logger.info({ kid }, "signing key retired");
}

export const signingKeySchedule: Schedule = {
  name: "oidc.signing-keys",
  intervalMs: INTERVAL_MS,
  run: (deps) => maintainSigningKeys(deps),
};
