import { AppError } from "@mgs/core/errors";
import { findFreshRecoveryCodes, startTotp, type WaitingTotp } from "@mgs/identity/second-factor/enrol-totp";
import type { FactorDeps } from "@mgs/identity/second-factor/factor-deps";
import { findFactors } from "@mgs/identity/second-factor/factors.repository";
import { findPendingSignIn, findSecondStep } from "@mgs/identity/second-factor/pending-sign-in";
import { findUser } from "@mgs/identity/users.repository";
import type Provider from "oidc-provider";
import { type InteractionInput, type InteractionView, viewInteraction } from "../interaction";

/** What the page of the second factor shows. */
export type SecondFactorView = { uid: string; client: InteractionView["client"]; email: string } & (
  | {
      /** A code of the authenticator app. */
      step: "code";
      hasPasskey: boolean;
    }
  /** The person's only factor is a passkey. */
  | { step: "passkey" }
  /** The person's role needs a second factor, and they have none. */
  | { step: "enrol"; totp: WaitingTotp }
  /** The factor was proved; the person has to keep their recovery codes. */
  | { step: "codes"; codes: readonly string[] }
);

/**
 * Finds what a pending sign-in still asks for.
 * @throws AppError INTERACTION_NOT_FOUND, as `viewInteraction`; SIGN_IN_EXPIRED when the password has to be typed again
 */
export async function viewSecondFactor(
  deps: FactorDeps,
  provider: Provider,
  input: InteractionInput,
): Promise<SecondFactorView> {
  const { uid, client } = await viewInteraction(provider, input);
  const pending = await findPendingSignIn(deps, uid);
  const user = await findUser(deps.database, pending.userId);
  if (!user || user.disabledAt) throw new AppError("SIGN_IN_EXPIRED");
  const holder = { interaction: uid };
  const page = { uid, client, email: user.email };
  const codes = await findFreshRecoveryCodes(deps, { userId: user.id, holder });
  if (pending.method !== null) return { ...page, step: "codes", codes: codes ?? [] };
  const step = await findSecondStep(deps.database, user);
  if (step === "code") {
    const { passkeys } = await findFactors(deps.database, user.id);
    return { ...page, step, hasPasskey: passkeys > 0 };
  }
  if (step === "enrol") {
    return { ...page, step, totp: await startTotp(deps, { userId: user.id, email: user.email, holder }) };
  }
  // Nothing is asked for any more, such as after an administrator's reset: the password form leads on.
  if (step === "none") throw new AppError("SIGN_IN_EXPIRED");
  return { ...page, step };
}
