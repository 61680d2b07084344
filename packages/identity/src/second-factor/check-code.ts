import { audit } from "@mgs/audit/audit.repository";
import type { AuditedUser } from "@mgs/audit/audit-entry";
import type { Clock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import type { Database, Transaction } from "@mgs/db/client";
import { totpContext } from "./factor-deps";
import { findTotp, takeRecoveryCode, takeTotpStep, wasRecoveryCodeUsed } from "./factors.repository";
import { recoveryCodeHash } from "./recovery-code";
import { matchTotp } from "./totp";

export type CodeMethod = "totp" | "recovery-code";

/**
 * Takes a code of the authenticator app, or a recovery code, once: inside the caller's transaction, so that a code is used exactly
 * when what it was for has come about. Six digits are a code of the app.
 * @returns how it was proved; null when the code is wrong, or was used before
 */
export async function takeCode(
  deps: { sealer: Sealer; clock: Clock },
  tx: Transaction,
  { userId, code, actor }: { userId: number; code: string; actor: AuditedUser },
): Promise<CodeMethod | null> {
  const at = deps.clock.now();
  const codeHash = recoveryCodeHash(userId, code);
  if (codeHash !== null) {
    if (!(await takeRecoveryCode(tx, { userId, codeHash, at }))) return null;
    await audit(tx, { actor, action: "recovery-codes.used", subject: userId });
    return "recovery-code";
  }
  const totp = await findTotp(tx, userId);
  const step = totp && matchTotp(deps.sealer.open(totp.secret, totpContext(userId)), code, at);
  if (totp === null || step === null) return null;
  return (await takeTotpStep(tx, { userId, secret: totp.secret, step })) ? "totp" : null;
}

/**
 * Tells whether a code is the last one that was taken, at `takenAt` or a moment later: the same request comes once more. It is
 * compared as it was then, since a code of the app is of its half minute.
 */
export async function wasCodeTaken(
  deps: { database: Database; sealer: Sealer },
  { userId, code, takenAt }: { userId: number; code: string; takenAt: Date },
): Promise<boolean> {
  const codeHash = recoveryCodeHash(userId, code);
  if (codeHash !== null) return wasRecoveryCodeUsed(deps.database, { userId, codeHash, since: takenAt });
  const totp = await findTotp(deps.database, userId);
  const step = totp && matchTotp(deps.sealer.open(totp.secret, totpContext(userId)), code, takenAt);
  return totp !== null && step !== null && totp.lastStep === BigInt(step);
}

/** Writes a refused code into the trail. */
export async function auditRefusedCode(database: Database, actor: AuditedUser): Promise<void> {
  await audit(database, { actor, action: "second-factor.refused", subject: actor.userId });
}
