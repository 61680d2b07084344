import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { generateRegistrationOptions, type PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/server";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import type { FactorHolder } from "../second-factor/factor-holder";
import { findUser } from "../users.repository";
import { MAX_PASSKEYS, PASSKEY_ALGORITHMS } from "./passkey-rule";
import { listCredentials } from "./passkeys.repository";
import { userHandleOf } from "./relying-party";
import { type PasskeyDeps, saveChallenge } from "./verify-passkey";

/** A registration is begun at the press of a button. */
const REGISTRATION_TIMEOUT_MS = 5 * 60_000;

/**
 * What a browser asks its authenticator for a new passkey.
 * @throws AppError FORBIDDEN, PROOF_REQUIRED; CONFLICT when the person has too many
 */
export async function beginPasskey(deps: PasskeyDeps, actor: Actor): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { userId, userSessionId } = requireUser(actor);
  await requireFreshProof(deps, actor);
  return offerRegistration(deps, { userId, holder: { userSessionId } });
}

/**
 * The same for a person who has proved themself to the caller, such as in a sign-in that asks for a second factor.
 * @throws AppError USER_NOT_FOUND; CONFLICT when the person has too many
 */
export async function offerRegistration(
  deps: PasskeyDeps,
  { userId, holder }: { userId: number; holder: FactorHolder },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const [user, known] = await Promise.all([findUser(deps.database, userId), listCredentials(deps.database, userId)]);
  if (!user) throw new AppError("USER_NOT_FOUND");
  if (known.length >= MAX_PASSKEYS) throw new AppError("CONFLICT");
  const options = await generateRegistrationOptions({
    rpName: deps.relyingParty.name,
    rpID: deps.relyingParty.id,
    userID: new Uint8Array(Buffer.from(userHandleOf(userId), "base64url")),
    userName: user.email,
    userDisplayName: user.name,
    timeout: REGISTRATION_TIMEOUT_MS,
    attestationType: "none",
    supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
    excludeCredentials: known,
    // Discoverable: the sign-in form does not know whose passkey will answer.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await saveChallenge(deps, holder, options.challenge);
  return options;
}
