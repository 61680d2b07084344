import { type Sealer, sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import type { Database, Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { securityNoticeRow } from "../notices/security-notice";
import { auditRefusedCode, type CodeMethod, takeCode } from "./check-code";
import type { CodeLimiter } from "./code-limiter";
import { confirmTotp } from "./enrol-totp";
import type { FactorDeps } from "./factor-deps";
import { findFactors } from "./factors.repository";
import { isSecondFactorRequired } from "./is-second-factor-required";
import { PENDING_SIGN_IN_TTL_SECONDS } from "./lifetimes";
import { findPendingRow, markProved, type PendingRow, savePendingSignIn } from "./pending-sign-ins.repository";

/** What a sign-in asks for after the right password. */
export type SecondStep = "none" | "code" | "passkey" | "enrol";

/**
 * What a person still has to do after the right password: a code when they have an authenticator app; where their role requires a
 * second factor, their passkey, or to set one up.
 */
export async function findSecondStep(database: Database, person: { id: number; role: string }): Promise<SecondStep> {
  const [factors, required] = await Promise.all([
    findFactors(database, person.id),
    isSecondFactorRequired(database, person.role),
  ]);
  if (factors.totp) return "code";
  if (!required) return "none";
  return factors.passkeys > 0 ? "passkey" : "enrol";
}

/** A sign-in whose password was right. */
export type PendingSignIn = {
  userId: number;
  /** The hash that the password was checked against. */
  passwordHash: string;
  /** How the second factor was proved; null until then. */
  method: FactorMethod | null;
  /** Whether the person asked to stay signed in. */
  remembered: boolean;
};

/** A code, or a passkey that was set up in this sign-in. */
export type FactorMethod = CodeMethod | "passkey";
const FACTOR_METHODS: readonly FactorMethod[] = ["totp", "recovery-code", "passkey"];

const context = (interaction: string): string => `pending-sign-in:${sha256(interaction)}`;

/** Notes that the password was right in this interaction; its browser has some minutes to prove the second factor. */
export async function rememberPassword(
  deps: Pick<FactorDeps, "database" | "sealer" | "clock">,
  input: { interaction: string; userId: number; passwordHash: string; remembered?: boolean },
): Promise<void> {
  const { interaction, userId, passwordHash, remembered = false } = input;
  const now = deps.clock.now();
  await savePendingSignIn(deps.database, {
    interactionHash: sha256(interaction),
    userId,
    passwordHash: deps.sealer.seal(passwordHash, context(interaction)),
    expiresAt: new Date(now.getTime() + PENDING_SIGN_IN_TTL_SECONDS * 1_000),
    remembered,
    now,
  });
}

/** The sign-in of an interaction that waits for its second factor, or has just got it. @throws AppError SIGN_IN_EXPIRED */
export async function findPendingSignIn(
  deps: Pick<FactorDeps, "database" | "sealer" | "clock">,
  interaction: string,
): Promise<PendingSignIn> {
  const row = await findPendingRow(deps.database, sha256(interaction), deps.clock.now());
  if (!row) throw new AppError("SIGN_IN_EXPIRED");
  return openRow(deps.sealer, interaction, row);
}

/** Whether a person asked to stay signed in when they typed the password of this interaction. */
export async function isPendingRemembered(
  deps: Pick<FactorDeps, "database" | "clock">,
  { interaction, userId }: { interaction: string; userId: number },
): Promise<boolean> {
  const row = await findPendingRow(deps.database, sha256(interaction), deps.clock.now());
  return row !== null && row.userId === userId && row.remembered;
}

/** Opens a stored row of a pending sign-in. */
export function openRow(
  sealer: Sealer,
  interaction: string,
  row: Pick<PendingRow, "userId" | "passwordHash" | "method" | "remembered">,
): PendingSignIn {
  const { userId, remembered } = row;
  const method = FACTOR_METHODS.find((one) => one === row.method) ?? null;
  return { userId, passwordHash: sealer.open(row.passwordHash, context(interaction)), method, remembered };
}

type ProveInput = { interaction: string; code: string; ip: string; knownDevice: string | null };

/**
 * Proves the second factor of a pending sign-in by a code. The same code a second time for the same interaction (a double click,
 * a lost answer) leads where the first led; for any other sign-in it is refused.
 * @throws AppError SIGN_IN_EXPIRED, INVALID_CODE; TOO_MANY_ATTEMPTS with `retryAfter` in seconds
 */
export function proveByCode(
  deps: FactorDeps & { codeLimiter: CodeLimiter },
  input: ProveInput,
): Promise<PendingSignIn> {
  return prove(deps, input, async (tx, { userId }) => {
    const actor = { kind: "user", userId } as const;
    const method = await takeCode(deps, tx, { userId, code: input.code, actor });
    if (method === null) throw new AppError("INVALID_CODE");
    return method;
  });
}

/**
 * Confirms the authenticator app that a pending sign-in has to set up, by its first code.
 * @throws AppError as `proveByCode`; ENROLMENT_EXPIRED
 */
export function proveByEnrolment(
  deps: FactorDeps & { codeLimiter: CodeLimiter },
  input: ProveInput,
): Promise<PendingSignIn> {
  return prove(deps, input, null);
}

type Take = (tx: Transaction, pending: { userId: number }) => Promise<CodeMethod>;

async function prove(
  deps: FactorDeps & { codeLimiter: CodeLimiter },
  { interaction, code, ip, knownDevice }: ProveInput,
  take: Take | null,
): Promise<PendingSignIn> {
  const { database, sealer, clock } = deps;
  const interactionHash = sha256(interaction);
  const answerHash = sha256(`${interaction}\n${code.replaceAll(/[\s-]/g, "").toUpperCase()}`);
  const find = () => findPendingRow(database, interactionHash, clock.now());
  const row = await find();
  if (!row) throw new AppError("SIGN_IN_EXPIRED");
  if (row.answerHash === answerHash) return openRow(sealer, interaction, row);
  const { userId } = row;
  const actor = { kind: "user", userId } as const;
  if (!isStorableText(code)) throw new AppError("INVALID_CODE");
  const attempt = await deps.codeLimiter.begin({ userId, ip, knownDevice }).catch(async (error: unknown) => {
    await noticeLockout(deps, userId);
    throw error;
  });
  const mark = async (tx: Transaction, method: CodeMethod) => {
    if (!(await markProved(tx, { interactionHash, userId, method, answerHash }))) throw new AppError("INVALID_CODE");
  };
  try {
    if (take) {
      await database.$transaction(async (tx) => mark(tx, await take(tx, { userId })));
    } else {
      // Somebody who has a factor by now (set up in another tab) proves that one, and adds none with the password alone.
      if ((await findSecondStepOf(database, userId)) !== "enrol") throw new AppError("ENROLMENT_EXPIRED");
      await confirmTotp(deps, { userId, holder: { interaction }, code }, (tx) => mark(tx, "totp"));
    }
  } catch (error) {
    const now = await find();
    if (now?.answerHash === answerHash) {
      await attempt.withdrawn();
      return openRow(sealer, interaction, now);
    }
    if (!(error instanceof AppError) || error.code !== "INVALID_CODE") {
      await attempt.withdrawn();
      throw error;
    }
    await attempt.failed();
    await auditRefusedCode(database, actor);
    throw error;
  }
  await attempt.succeeded();
  const now = await find();
  if (!now) throw new AppError("SIGN_IN_EXPIRED");
  return openRow(sealer, interaction, now);
}

async function findSecondStepOf(database: Database, userId: number): Promise<"enrol" | "other"> {
  const { totp, passkeys } = await findFactors(database, userId);
  return totp || passkeys > 0 ? "other" : "enrol";
}

/** Tells a person that somebody who knows their password was shut out after too many wrong codes. */
async function noticeLockout(deps: FactorDeps & { codeLimiter: CodeLimiter }, userId: number): Promise<void> {
  if (!(await deps.codeLimiter.shouldTell(userId))) return;
  const at = deps.clock.now();
  const refs = await deps.database.$transaction((tx) =>
    insertOutbox(tx, [securityNoticeRow({ userId, notice: "lockout", at, details: { what: "second-factor" } })]),
  );
  await deps.enqueuer.enqueue(refs);
}
