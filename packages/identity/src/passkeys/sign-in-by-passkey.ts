import { AppError } from "@mgs/core/errors";
import { auditRefusedSignIn } from "../audit-refused-sign-in";
import { findUser, type User } from "../users.repository";
import type { Assertion } from "./passkey-answers";
import { type PasskeyDeps, verifyPasskey } from "./verify-passkey";

/**
 * Takes the answer of an authenticator in a sign-in: the passkey says whose it is, and counts as both factors.
 * @param input.interaction the interaction that the challenge was given to
 * @param input.ip the visitor's address: entries of refusals are bounded by network
 * @throws AppError PASSKEY_REFUSED, with an entry of the trail
 */
export async function signInByPasskey(
  deps: PasskeyDeps,
  input: { interaction: string; answer: Assertion; ip: string },
): Promise<{ user: User; passkeyId: string }> {
  const { interaction, answer } = input;
  try {
    const { userId, passkeyId } = await verifyPasskey(deps, { interaction }, answer);
    const user = await findUser(deps.database, userId);
    if (!user || user.disabledAt) throw new AppError("PASSKEY_REFUSED");
    return { user, passkeyId };
  } catch (error) {
    if (error instanceof AppError && error.code === "PASSKEY_REFUSED") {
      await auditRefusedSignIn(deps.database, { userId: undefined, ip: input.ip, method: "passkey" });
    }
    throw error;
  }
}
