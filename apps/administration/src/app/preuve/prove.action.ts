"use server";

import { proveByPassword } from "@mgs/identity/proofs/prove-by-password";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { proofReturnAddress } from "../../features/proof/return-address";
import { portal } from "../../portal";

/** Takes the password as a proof, and leads back to the page that has asked for it. */
export async function proveWithPassword(values: FormValues): Promise<ActionResult> {
  const runtime = portal.runtime();
  const { signInLimiter: limiter } = portal.signIn();
  return portal.runAction(async ({ actor, ip }) => {
    await proveByPassword({ ...runtime, limiter }, actor, { password: String(values.password ?? ""), ip });
    return { redirect: proofReturnAddress(values.retour, runtime.portalUrls) };
  });
}
