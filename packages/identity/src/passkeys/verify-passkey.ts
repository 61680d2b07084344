import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import type { FactorDeps } from "../second-factor/factor-deps";
import { type FactorHolder, holderKey } from "../second-factor/factor-holder";
import { CHALLENGE_TTL_SECONDS } from "../second-factor/lifetimes";
import { type Assertion, challengeOf, toAuthenticationResponse } from "./passkey-answers";
import { countUse, findChallenge, findCredential, insertChallenge, listCredentials } from "./passkeys.repository";
import { type RelyingParty, userHandleOf } from "./relying-party";

export type PasskeyDeps = Pick<FactorDeps, "database" | "clock"> & { relyingParty: RelyingParty };

/** Saves a challenge that the holder may answer once. */
export async function saveChallenge(deps: PasskeyDeps, holder: FactorHolder, challenge: string): Promise<void> {
  await insertChallenge(deps.database, {
    challenge,
    holder: holderKey(holder),
    expiresAt: new Date(deps.clock.now().getTime() + CHALLENGE_TTL_SECONDS * 1_000),
  });
}

/**
 * What a browser asks its authenticators.
 * @param userId whose passkeys may answer; unset: any, and the authenticator says whose it is
 */
export async function askForPasskey(
  deps: PasskeyDeps,
  holder: FactorHolder,
  userId?: number,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({
    rpID: deps.relyingParty.id,
    // The authenticator checks a PIN, a finger or a face: a passkey counts as both factors.
    userVerification: "required",
    timeout: CHALLENGE_TTL_SECONDS * 1_000,
    ...(userId === undefined ? {} : { allowCredentials: await listCredentials(deps.database, userId) }),
  });
  await saveChallenge(deps, holder, options.challenge);
  return options;
}

/** A passkey that has answered rightly, and its person. */
export type VerifiedPasskey = { passkeyId: string; userId: number };

/**
 * Verifies the answer of an authenticator. The challenge is used up; the same answer a second time (a double click, an answer that
 * was lost) says the same again, to the same holder.
 * @throws AppError PASSKEY_REFUSED
 */
export async function verifyPasskey(
  deps: PasskeyDeps,
  holder: FactorHolder,
  assertion: Assertion,
): Promise<VerifiedPasskey> {
  const { database, relyingParty, clock } = deps;
  const challenge = challengeOf(assertion);
  const at = clock.now();
  const given = () => findChallenge(database, { challenge, holder: holderKey(holder), now: at });
  const answerHash = sha256(JSON.stringify([assertion.id, assertion.response]));
  const [asked, credential] = await Promise.all([given(), findCredential(database, assertion.id)]);
  if (!asked || !credential) throw new AppError("PASSKEY_REFUSED");
  const { userHandle } = assertion.response;
  if (userHandle && userHandle !== userHandleOf(credential.userId)) throw new AppError("PASSKEY_REFUSED");
  const verified = { passkeyId: credential.id, userId: credential.userId };
  const isRepeated = (one: typeof asked) => one?.answerHash === answerHash && one.passkeyId === credential.id;
  if (isRepeated(asked)) return verified;
  if (asked.answerHash !== null) throw new AppError("PASSKEY_REFUSED");
  const { authenticationInfo } = await checkAssertion();
  const counted = await countUse(database, {
    ...{ challenge, answerHash, passkeyId: credential.id, at },
    counter: authenticationInfo.newCounter,
    backedUp: authenticationInfo.credentialBackedUp,
  });
  if (counted) return verified;
  const now = await given();
  if (now && isRepeated(now) && (await findCredential(database, assertion.id))) return verified;
  throw new AppError("PASSKEY_REFUSED");

  async function checkAssertion() {
    const stored = credential as NonNullable<typeof credential>;
    const result = await verifyAuthenticationResponse({
      response: toAuthenticationResponse(assertion),
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      credential: { id: stored.credentialId, publicKey: stored.publicKey, counter: stored.counter },
    }).catch((cause: unknown) => {
      throw new AppError("PASSKEY_REFUSED", { cause });
    });
    if (!result.verified) throw new AppError("PASSKEY_REFUSED");
    return result;
  }
}
