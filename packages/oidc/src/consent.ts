import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import { giveConsent } from "@mgs/identity/consents/give-consent";
import type Provider from "oidc-provider";
import { finishInteraction, type InteractionInput, isOver, loadBoundInteraction } from "./interaction";
import type { BoundInteraction } from "./interaction-model";

/**
 * Grants a third-party client what it asked for, and remembers it for the sign-ins to come; a second time it makes nothing new.
 * @returns where to send the browser
 * @throws AppError INTERACTION_NOT_FOUND
 */
export async function acceptConsent(
  { database, provider }: { database: Database; provider: Provider },
  input: InteractionInput,
): Promise<string> {
  const interaction = await loadConsent(provider, input);
  const accountId = interaction.session?.accountId;
  if (isOver(interaction)) return interaction.returnTo;
  if (!accountId) throw new AppError("INTERACTION_NOT_FOUND");
  const clientId = String(interaction.params.client_id);
  const grant = (interaction.grantId && (await provider.Grant.find(interaction.grantId))) || newGrant();
  const { missingOIDCScope, missingOIDCClaims } = interaction.prompt.details;
  if (Array.isArray(missingOIDCScope)) grant.addOIDCScope(missingOIDCScope.join(" "));
  if (Array.isArray(missingOIDCClaims)) grant.addOIDCClaims(missingOIDCClaims.map(String));
  // The consent first: a grant without one is not made use of (`createGrantLoader`).
  await giveConsent({ database }, { userId: Number(accountId), clientId, scopes: grant.getOIDCScope().split(" ") });
  const grantId = await grant.save();
  return finishInteraction(interaction, { consent: { grantId } });

  function newGrant() {
    const made = new provider.Grant({ accountId, clientId });
    made.jti = sha256(`consent\n${interaction.seed}\n${interaction.uid}`);
    return made;
  }
}

/**
 * Refuses a third-party client what it asked for: it gets `access_denied`.
 * @returns where to send the browser
 * @throws AppError INTERACTION_NOT_FOUND
 */
export async function refuseConsent(provider: Provider, input: InteractionInput): Promise<string> {
  const interaction = await loadConsent(provider, input);
  if (isOver(interaction)) return interaction.returnTo;
  return finishInteraction(interaction, { error: "access_denied", error_description: "the person refused" });
}

async function loadConsent(provider: Provider, input: InteractionInput): Promise<BoundInteraction> {
  const interaction = await loadBoundInteraction(provider, input);
  if (interaction.prompt.name !== "consent") throw new AppError("INTERACTION_NOT_FOUND");
  return interaction;
}
