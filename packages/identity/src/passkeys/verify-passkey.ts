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
import {
  countUse,
  findChallenge,
  findCredential,
  insertChallenge,
  listCredentials,
  type StoredCredential,
} from "./passkeys.repository";
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
  if (await checkAndCount(credential)) return verified;
  // The same answer may have come a moment ago: it has used the challenge and raised the counter.
  const now = await given();
  if (now && isRepeated(now) && (await findCredential(database, assertion.id))) return verified;
  throw new AppError("PASSKEY_REFUSED");

  async function checkAndCount(stored: StoredCredential): Promise<boolean> {
    const result = await verifyAuthenticationResponse({
      response: toAuthenticationResponse(assertion),
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      credential: { id: stored.credentialId, publicKey: stored.publicKey, counter: stored.counter },
      // It throws for each thing that is not as expected, also for a counter that does not rise.
    }).catch(() => null);
    if (!result?.verified) return false;
    const { newCounter, credentialBackedUp } = result.authenticationInfo;
    const use = { challenge, answerHash, passkeyId: stored.id, at };
    return countUse(database, { ...use, counter: newCounter, backedUp: credentialBackedUp });
  }
}
