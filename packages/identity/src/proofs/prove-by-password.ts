import { audit } from "@mgs/audit/audit.repository";
import { type Actor, refuseWhileImpersonating, requireUser } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import { highestLegacyCost } from "../legacy-passwords.repository";
import { noteLockout } from "../lockout/note-lockout";
import { checkPassword, normalizePassword } from "../password";
import type { SignInLimiter } from "../sign-in-limiter";
import { MAX_PASSWORD_LENGTH } from "../users/password-rule";
import { findCredentials, findUser } from "../users.repository";
import { findProofMethods } from "./find-proof-methods";
import { recordProof } from "./proofs.repository";

/**
 * Takes the password of a signed-in person as a fresh proof of their identity. Wrong ones are counted for the device alone, so that
 * nobody else can be locked out by them.
 * @param input.ip the visitor's address
 * @throws AppError FORBIDDEN; PROOF_REQUIRED from a person who has a stronger method; VALIDATION_ERROR at `password`; TOO_MANY_ATTEMPTS with `retryAfter` in seconds
 */
export async function proveByPassword(
  deps: { database: Database; limiter: SignInLimiter; clock: Clock },
  actor: Actor,
  input: { password: string; ip: string },
): Promise<void> {
  refuseWhileImpersonating(actor);
  const { userId, userSessionId } = requireUser(actor);
  // The page asks for the stronger method; a form of before it was added goes back to the page.
  if (!(await findProofMethods(deps, actor)).password) throw new AppError("PROOF_REQUIRED");
  const user = await findUser(deps.database, userId);
  const account = user && (await findCredentials(deps.database, user.email));
  if (!account) throw new AppError("FORBIDDEN");
  if (normalizePassword(input.password).length > MAX_PASSWORD_LENGTH) throw wrongPassword();
  const attempt = await deps.limiter.begin({ email: account.email, ip: input.ip, knownDevice: userSessionId });
  const check = await checkPassword(account.passwordHash, input.password, await highestLegacyCost(deps.database)).catch(
    async (error: unknown) => {
      await attempt.withdrawn();
      throw error;
    },
  );
  if (check === "wrong") {
    const { locks } = await attempt.failed();
    if (locks) await noteLockout(deps, { userId, email: account.email });
    await audit(deps.database, { actor, action: "proof.refused", userId });
    throw wrongPassword();
  }
  await attempt.succeeded();
  await recordProof(deps.database, userSessionId, deps.clock.now());
}

const wrongPassword = (): AppError =>
  new AppError("VALIDATION_ERROR", { details: [{ path: "password", message: "WRONG_PASSWORD" }] });
