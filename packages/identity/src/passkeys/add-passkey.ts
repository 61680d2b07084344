import { audit } from "@mgs/audit/audit.repository";
import type { AuditedUser } from "@mgs/audit/audit-entry";
import { type Actor, requireUser } from "@mgs/core/actor";
import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { deriveUuidv7 } from "@mgs/core/ids";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { verifyRegistrationResponse } from "@simplewebauthn/server";
import { securityNoticeRow } from "../notices/security-notice";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import type { FactorDeps } from "../second-factor/factor-deps";
import { type FactorHolder, holderKey } from "../second-factor/factor-holder";
import { type Factors, lockFactors } from "../second-factor/factors.repository";
import { type Attestation, challengeOf, toRegistrationResponse } from "./passkey-answers";
import { MAX_PASSKEYS, PASSKEY_ALGORITHMS, passkeyNameInput } from "./passkey-rule";
import { type Challenge, findChallenge, insertPasskey, takeChallenge } from "./passkeys.repository";
import type { PasskeyDeps } from "./verify-passkey";

/**
 * Adds the passkey that an authenticator has made. The same answer twice adds one.
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, VALIDATION_ERROR; PASSKEY_REFUSED when the answer is none to a challenge of this
 * session, or the credential is known already
 */
export async function addPasskey(
  deps: FactorDeps & PasskeyDeps,
  actor: Actor,
  input: { name: string; answer: Attestation },
): Promise<{ id: string }> {
  const person = requireUser(actor);
  const { userId, userSessionId } = person;
  await requireFreshProof(deps, actor);
  const { name } = validate(passkeyNameInput, { name: input.name });
  return registerPasskey(deps, { userId, actor: person, holder: { userSessionId }, name, answer: input.answer });
}

type Registration = {
  userId: number;
  actor: AuditedUser;
  /** Whom the challenge was given to. */
  holder: FactorHolder;
  name: string;
  answer: Attestation;
};

/**
 * The same for a person who has proved themself to the caller.
 * @param within runs in the transaction that adds the passkey, and not again for the same answer
 * @throws AppError PASSKEY_REFUSED, CONFLICT
 */
export async function registerPasskey(
  deps: FactorDeps & PasskeyDeps,
  { userId, actor, holder, name, answer }: Registration,
  within: (tx: Transaction, before: Factors) => Promise<void> = async () => undefined,
): Promise<{ id: string }> {
  const challenge = challengeOf(answer);
  const at = deps.clock.now();
  const given = () => findChallenge(deps.database, { challenge, holder: holderKey(holder), now: at });
  const asked = await given();
  if (!asked) throw new AppError("PASSKEY_REFUSED");
  const answerHash = sha256(JSON.stringify([answer.id, answer.response]));
  const isRepeated = (one: Challenge): one is Challenge & { passkeyId: string } =>
    one.answerHash === answerHash && one.passkeyId !== null;
  const id = deriveUuidv7(`passkey\n${challenge}\n${answerHash}`, at.getTime());
  if (isRepeated(asked)) return { id: asked.passkeyId };
  const { registrationInfo } = await verifyRegistrationResponse({
    response: toRegistrationResponse(answer),
    expectedChallenge: challenge,
    expectedOrigin: deps.relyingParty.origin,
    expectedRPID: deps.relyingParty.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
  }).catch((cause: unknown) => {
    throw new AppError("PASSKEY_REFUSED", { cause });
  });
  if (!registrationInfo) throw new AppError("PASSKEY_REFUSED");
  const { credential, credentialBackedUp } = registrationInfo;
  const added = deps.database.$transaction(async (tx) => {
    const before = await lockFactors(tx, userId);
    if (before.passkeys >= MAX_PASSKEYS) throw new AppError("CONFLICT");
    // Two requests with one answer: the second waits for the first, and finds the challenge taken.
    if (!(await takeChallenge(tx, { challenge, answerHash, passkeyId: id }))) throw new AppError("PASSKEY_REFUSED");
    const inserted = await insertPasskey(tx, {
      ...{ id, userId, name, createdAt: at, backedUp: credentialBackedUp },
      credentialId: credential.id,
      publicKey: Uint8Array.from(credential.publicKey),
      counter: credential.counter,
      transports: answer.response.transports ?? [],
    });
    if (!inserted) throw new AppError("PASSKEY_REFUSED");
    await within(tx, before);
    await audit(tx, { actor, action: "passkey.added", subject: userId, details: { passkey: id } });
    return insertOutbox(tx, [securityNoticeRow({ userId, notice: "passkey-added", at, details: { name } })]);
  });
  try {
    await deps.enqueuer.enqueue(await added);
    return { id };
  } catch (error) {
    const taken = await given();
    if (taken && isRepeated(taken)) return { id: taken.passkeyId };
    throw error;
  }
}
