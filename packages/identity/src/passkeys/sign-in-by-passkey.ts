import { audit } from "@mgs/audit/audit.repository";
import { AppError } from "@mgs/core/errors";
import { findUser, type User } from "../users.repository";
import type { Assertion } from "./passkey-answers";
import { type PasskeyDeps, verifyPasskey } from "./verify-passkey";

/**
 * Takes the answer of an authenticator in a sign-in: the passkey says whose it is, and counts as both factors.
 * @param input.interaction the interaction that the challenge was given to
 * @throws AppError PASSKEY_REFUSED, with an entry of the trail
 */
export async function signInByPasskey(
  deps: PasskeyDeps,
  input: { interaction: string; answer: Assertion },
): Promise<{ user: User; passkeyId: string }> {
  const { interaction, answer } = input;
  try {
    const { userId, passkeyId } = await verifyPasskey(deps, { interaction }, answer);
    const user = await findUser(deps.database, userId);
    if (!user || user.disabledAt) throw new AppError("PASSKEY_REFUSED");
    return { user, passkeyId };
  } catch (error) {
    if (error instanceof AppError && error.code === "PASSKEY_REFUSED") {
      await audit(deps.database, {
        actor: { kind: "visitor" },
        action: "sign-in.refused",
        details: { method: "passkey" },
      });
    }
    throw error;
  }
}
