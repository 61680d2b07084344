import { AppError } from "@mgs/core/errors";
import { deriveUuidv7 } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { recordProof } from "@mgs/identity/proofs/proofs.repository";
import {
  createUserSession,
  findLiveByOidcUid,
  type LiveUserSession,
  pendingUid,
} from "@mgs/identity/sessions/user-sessions.repository";
import type Provider from "oidc-provider";
import type { LoginResult } from "./grants";
import { finishInteraction, type InteractionInput, isOver, loadBoundInteraction } from "./interaction";
import type { BoundInteraction } from "./interaction-model";

/** An interaction with a sign-in form, and the user session of its browser. */
export type OpenLogin = { interaction: BoundInteraction; current: LiveUserSession | null };

/**
 * Loads what `finishLogin` needs; the caller does so while the password is being checked.
 * @throws AppError INTERACTION_NOT_FOUND
 */
export async function openLogin(
  deps: { database: Database; provider: Provider },
  input: InteractionInput,
): Promise<OpenLogin> {
  const interaction = await loadBoundInteraction(deps.provider, input);
  const uid = interaction.session?.uid;
  return { interaction, current: uid ? await findLiveByOidcUid(deps.database, uid) : null };
}

/**
 * Saves that a person has signed in, and makes the `user_sessions` row of this device. The same answer a second time (a
 * double click, an answer that was lost) makes nothing new and leads where the first one led.
 * @param input.passwordHash the hash that the password was checked against
 * @returns where to send the browser
 * @throws AppError INVALID_CREDENTIALS when the person has been disabled or has another password by now;
 * INTERACTION_NOT_FOUND when another person has answered, and gone on
 */
export async function finishLogin(
  database: Database,
  { interaction, current }: OpenLogin,
  input: { userId: number; passwordHash?: string; userAgent: string | null; ip: string | null },
): Promise<string> {
  const accountId = String(input.userId);
  if (isOver(interaction)) {
    if (interaction.result?.login?.accountId !== accountId) throw new AppError("INTERACTION_NOT_FOUND");
    return interaction.returnTo;
  }
  if (current?.userId === input.userId) {
    await recordProof(database, current.id, new Date());
    return finishInteraction(interaction, { login: { accountId, userSessionId: current.id } satisfies LoginResult });
  }
  const answer = `${interaction.uid}:${accountId}`;
  const id = deriveUuidv7(`user session\n${interaction.seed}\n${answer}`, interaction.iat * 1_000);
  // Side by side: an interaction whose `user_sessions` row could not be written is refused later (`adoptOidcUid`).
  const [location] = await Promise.all([
    finishInteraction(interaction, { login: { accountId, userSessionId: id } satisfies LoginResult }),
    createUserSession(database, { id, oidcSessionUid: pendingUid(answer), ...input }),
  ]);
  return location;
}
