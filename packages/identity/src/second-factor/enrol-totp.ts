import { audit } from "@mgs/audit/audit.repository";
import { AppError } from "@mgs/core/errors";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox, type OutboxRef } from "@mgs/jobs/outbox.repository";
import { securityNoticeRow } from "../notices/security-notice";
import { deleteEnrolment, findEnrolment, saveEnrolment } from "./enrolments.repository";
import { enrolmentContext, type FactorDeps, totpContext } from "./factor-deps";
import { type FactorHolder, holderKey } from "./factor-holder";
import { lockFactors, replaceRecoveryCodes, saveTotp } from "./factors.repository";
import { ENROLMENT_TTL_SECONDS } from "./lifetimes";
import { generateRecoveryCodes, recoveryCodeHash } from "./recovery-code";
import { describeTotp, generateTotpSecret, matchTotp } from "./totp";

/** The person who sets up an authenticator app, and what their secret is bound to until its first code. */
export type Enroller = { userId: number; email: string; holder: FactorHolder };

export type WaitingTotp = ReturnType<typeof describeTotp>;

/** Makes a secret that waits for its first code, unless one waits already: two tabs show the same. */
export async function startTotp(deps: FactorDeps, { userId, email, holder }: Enroller): Promise<WaitingTotp> {
  const waiting = await findWaitingTotp(deps, { userId, email, holder });
  if (waiting) return waiting;
  const key = holderKey(holder);
  const secret = generateTotpSecret();
  await saveEnrolment(deps.database, {
    ...{ holder: key, kind: "totp", userId, expiresAt: expiry(deps) },
    secret: deps.sealer.seal(secret, enrolmentContext(userId, key)),
  });
  return describeTotp(secret, email);
}

/** The secret that waits for its first code, for the session or interaction that asked for it and no other. */
export async function findWaitingTotp(
  deps: FactorDeps,
  { userId, email, holder }: Enroller,
): Promise<WaitingTotp | null> {
  const key = holderKey(holder);
  const sealed = await findEnrolment(deps.database, { holder: key, kind: "totp", userId, now: deps.clock.now() });
  return sealed === null ? null : describeTotp(deps.sealer.open(sealed, enrolmentContext(userId, key)), email);
}

/** Gives the secret up that waits for its first code. */
export async function cancelTotp(deps: FactorDeps, holder: FactorHolder): Promise<void> {
  await deleteEnrolment(deps.database, { holder: holderKey(holder), kind: "totp" });
}

/**
 * Takes the first code of a waiting secret: from now on the person has an authenticator app. Whoever has no recovery codes gets
 * ten, which the same holder may see for some minutes.
 * @throws AppError INVALID_CODE; ENROLMENT_EXPIRED when no secret waits
 */
export async function confirmTotp(
  deps: FactorDeps,
  { userId, holder, code }: Omit<Enroller, "email"> & { code: string },
  within: (tx: Transaction) => Promise<void> = async () => undefined,
): Promise<void> {
  const { database, sealer, clock } = deps;
  const key = holderKey(holder);
  const at = clock.now();
  const sealed = await findEnrolment(database, { holder: key, kind: "totp", userId, now: at });
  if (sealed === null) throw new AppError("ENROLMENT_EXPIRED");
  const secret = sealer.open(sealed, enrolmentContext(userId, key));
  const step = matchTotp(secret, code, at);
  if (step === null) throw new AppError("INVALID_CODE");
  const refs = await database.$transaction(async (tx): Promise<OutboxRef[]> => {
    const { recoveryCodes } = await lockFactors(tx, userId);
    // Two requests with one code: the second finds the secret taken.
    if (!(await deleteEnrolment(tx, { holder: key, kind: "totp", secret: sealed })))
      throw new AppError("ENROLMENT_EXPIRED");
    await saveTotp(tx, userId, sealer.seal(secret, totpContext(userId)), at, step);
    if (recoveryCodes === 0) await makeRecoveryCodes(deps, tx, { userId, holder });
    await audit(tx, { actor: actorOf(userId, holder), action: "totp.added", subject: userId });
    await within(tx);
    return insertOutbox(tx, [
      securityNoticeRow({ userId, notice: "second-factor-changed", at, details: { change: "totp-added" } }),
    ]);
  });
  await deps.enqueuer.enqueue(refs);
}

/** Replaces a person's recovery codes, inside the caller's transaction; `holder` may see them for some minutes. */
export async function makeRecoveryCodes(
  deps: Pick<FactorDeps, "sealer" | "clock">,
  tx: Transaction,
  { userId, holder }: Pick<Enroller, "userId" | "holder">,
): Promise<void> {
  const codes = generateRecoveryCodes();
  const hashes = codes.flatMap((code) => recoveryCodeHash(userId, code) ?? []);
  const key = holderKey(holder);
  await replaceRecoveryCodes(tx, userId, hashes, deps.clock.now());
  await saveEnrolment(tx, {
    ...{ holder: key, kind: "recovery-codes", userId, expiresAt: expiry(deps) },
    secret: deps.sealer.seal(JSON.stringify(codes), enrolmentContext(userId, key)),
  });
}

/** The recovery codes that were just made, until their holder has put them away; null when there are none to see. */
export async function findFreshRecoveryCodes(
  deps: Pick<FactorDeps, "database" | "sealer" | "clock">,
  { userId, holder }: Pick<Enroller, "userId" | "holder">,
): Promise<string[] | null> {
  const key = holderKey(holder);
  const now = deps.clock.now();
  const sealed = await findEnrolment(deps.database, { holder: key, kind: "recovery-codes", userId, now });
  return sealed === null ? null : JSON.parse(deps.sealer.open(sealed, enrolmentContext(userId, key)));
}

/** The person has kept their recovery codes: nobody sees them again. */
export async function putAwayRecoveryCodes(deps: Pick<FactorDeps, "database">, holder: FactorHolder): Promise<void> {
  await deleteEnrolment(deps.database, { holder: holderKey(holder), kind: "recovery-codes" });
}

const expiry = ({ clock }: Pick<FactorDeps, "clock">): Date =>
  new Date(clock.now().getTime() + ENROLMENT_TTL_SECONDS * 1_000);

/** Who acts in the audit trail: a person in a session, or one who is only just signing in. */
export const actorOf = (userId: number, holder: FactorHolder) => ({
  kind: "user" as const,
  userId,
  ...("userSessionId" in holder ? { userSessionId: holder.userSessionId } : {}),
});
