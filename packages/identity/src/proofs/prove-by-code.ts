import { type Actor, refuseWhileImpersonating, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import { auditRefusedCode, takeCode, wasCodeTaken } from "../second-factor/check-code";
import type { CodeLimiter } from "../second-factor/code-limiter";
import type { FactorDeps } from "../second-factor/factor-deps";
import { findProofTime, recordProof } from "./proofs.repository";

/** The same code again within this time (a double click, a lost answer) finds the proof that it gave. */
const REPEAT_WINDOW_MS = 60_000;
const MAX_CODE_CHARACTERS = 100;

/**
 * Takes a code of the authenticator app, or a recovery code, as a fresh proof. Wrong ones are counted for the device alone.
 * @param input.ip the visitor's address
 * @throws AppError FORBIDDEN, VALIDATION_ERROR at `code`; TOO_MANY_ATTEMPTS with `retryAfter` in seconds
 */
export async function proveByCode(
  deps: FactorDeps & { codeLimiter: CodeLimiter },
  actor: Actor,
  input: { code: string; ip: string },
): Promise<void> {
  refuseWhileImpersonating(actor);
  const person = requireUser(actor);
  const { userId, userSessionId } = person;
  const { code, ip } = input;
  const at = deps.clock.now();
  if (code.length > MAX_CODE_CHARACTERS || !isStorableText(code)) throw wrongCode();
  const attempt = await deps.codeLimiter.begin({ userId, ip, knownDevice: userSessionId });
  const method = await deps.database
    .$transaction(async (tx) => {
      const taken = await takeCode(deps, tx, { userId, code, actor: person });
      if (taken) await recordProof(tx, userSessionId, at);
      return taken;
    })
    .catch(async (error: unknown) => {
      await attempt.withdrawn();
      throw error;
    });
  if (method !== null) return attempt.succeeded();
  const provedAt = await findProofTime(deps.database, userSessionId);
  const isRecent = provedAt !== null && at.getTime() - provedAt.getTime() < REPEAT_WINDOW_MS;
  if (isRecent && (await wasCodeTaken(deps, { userId, code, takenAt: provedAt }))) return attempt.withdrawn();
  await attempt.failed();
  await auditRefusedCode(deps.database, person);
  throw wrongCode();
}

const wrongCode = (): AppError =>
  new AppError("VALIDATION_ERROR", { details: [{ path: "code", message: "WRONG_CODE" }] });
