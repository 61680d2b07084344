import { audit } from "@mgs/audit/audit.repository";
import type { Database } from "@mgs/db/client";
import { lockConsentedScopes, saveConsent } from "./consents.repository";

/**
 * Remembers that a person allows a client some scopes, beyond the end of the sign-in in which they said so. The provider calls it
 * with the answer of the consent page, which has found out who the person is.
 */
export async function giveConsent(
  { database }: { database: Database },
  { userId, clientId, scopes }: { userId: number; clientId: string; scopes: readonly string[] },
): Promise<void> {
  await database.$transaction(async (tx) => {
    const known = await lockConsentedScopes(tx, userId, clientId);
    await saveConsent(tx, { userId, clientId, scopes: [...new Set([...known, ...scopes])], at: new Date() });
    if (scopes.every((scope) => known.includes(scope))) return;
    await audit(tx, {
      actor: { kind: "user", userId, clientId },
      action: "consent.given",
      subject: clientId,
      userId,
      details: { scopes: [...scopes] },
    });
  });
}
