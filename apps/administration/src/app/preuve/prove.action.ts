"use server";

import { validate } from "@mgs/core/validate";
import { assertionInput } from "@mgs/identity/passkeys/passkey-answers";
import { relyingPartyOf } from "@mgs/identity/passkeys/relying-party";
import { proveByCode } from "@mgs/identity/proofs/prove-by-code";
import { askForProof, proveByPasskey } from "@mgs/identity/proofs/prove-by-passkey";
import { proveByPassword } from "@mgs/identity/proofs/prove-by-password";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import type { PasskeyQuestion } from "../../features/proof/passkey-question";
import { proofReturnAddress } from "../../features/proof/return-address";
import { portal } from "../../portal";

const withRelyingParty = () => ({ ...portal.runtime(), relyingParty: relyingPartyOf(portal.signIn().issuer) });

/** Takes the password as a proof, and leads back to the page that has asked for it. */
export async function proveWithPassword(values: FormValues): Promise<ActionResult> {
  const runtime = portal.runtime();
  const { signInLimiter: limiter } = portal.signIn();
  return portal.runAction(async ({ actor, ip }) => {
    await proveByPassword({ ...runtime, limiter }, actor, { password: String(values.password ?? ""), ip });
    return { redirect: proofReturnAddress(values.retour, runtime.portalUrls) };
  });
}

/** Takes a code of the authenticator app, or a recovery code. */
export async function proveWithCode(values: FormValues): Promise<ActionResult> {
  const runtime = portal.runtime();
  const { codeLimiter } = portal.signIn();
  return portal.runAction(async ({ actor, ip }) => {
    await proveByCode({ ...runtime, codeLimiter }, actor, { code: String(values.code ?? ""), ip });
    return { redirect: proofReturnAddress(values.retour, runtime.portalUrls) };
  });
}

/** What the browser asks the person's passkeys. */
export async function askPasskey(): Promise<PasskeyQuestion> {
  let options: PasskeyQuestion["options"];
  const result = await portal.runAction(async ({ actor }) => {
    options = await askForProof(withRelyingParty(), actor);
    return "";
  });
  return options === undefined ? result : { ...result, options };
}

/** Takes the answer of one of the person's passkeys. */
export async function proveWithPasskey(retour: unknown, answer: unknown): Promise<ActionResult> {
  return portal.runAction(async ({ actor }) => {
    await proveByPasskey(withRelyingParty(), actor, { answer: validate(assertionInput, answer) });
    return { redirect: proofReturnAddress(retour, portal.runtime().portalUrls) };
  });
}
