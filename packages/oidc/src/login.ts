import { AppError } from "@mgs/core/errors";
import { deriveUuidv7 } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { recordProof } from "@mgs/identity/proofs/proofs.repository";
import { findFactors } from "@mgs/identity/second-factor/factors.repository";
import {
  type AuthMethod,
  createUserSession,
  type FoundUserSession,
  findLiveByOidcUid,
  pendingUid,
} from "@mgs/identity/sessions/user-sessions.repository";
import type Provider from "oidc-provider";
import type { LoginResult } from "./grants";
import { finishInteraction, type InteractionInput, isOver, loadBoundInteraction } from "./interaction";
import type { BoundInteraction } from "./interaction-model";

/** An interaction with a sign-in form, and the user session of its browser. */
export type OpenLogin = { interaction: BoundInteraction; current: FoundUserSession | null };

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

/** A person who has proved everything that was asked of them. */
export type ProvenPerson = {
  userId: number;
  /** Default: `password`. */
  method?: AuthMethod;
  /** The hash that the password was checked against. */
  passwordHash?: string;
  /** The passkey that has answered. */
  passkeyId?: string;
  /** Set for a browser that was not known: the details of what its person is told. */
  newDevice?: Readonly<Record<string, string>> | null;
  userAgent: string | null;
  ip: string | null;
  /** Whether the sign-in outlives the browser's end. Default: false. */
  remembered?: boolean;
};

/** The methods of a sign-in as ID tokens name them in `amr` (RFC 8176 section 2). A recovery code is a password for once. */
const AMR: Record<AuthMethod, string[]> = {
  password: ["pwd"],
  "password+totp": ["pwd", "otp", "mfa"],
  "password+recovery-code": ["pwd", "otp", "mfa"],
  passkey: ["pop", "user", "mfa"],
};

/**
 * Saves that a person has signed in, and makes the `user_sessions` row of this device. The same answer a second time (a
 * double click, an answer that was lost) makes nothing new and leads where the first one led.
 * @returns where to send the browser
 * @throws AppError INVALID_CREDENTIALS when the person has been disabled, or has another password or that passkey no more by now;
 * INTERACTION_NOT_FOUND when another person has answered, and gone on
 */
export async function finishLogin(
  database: Database,
  { interaction, current }: OpenLogin,
  input: ProvenPerson,
): Promise<string> {
  const { method = "password", remembered = false, ...proven } = input;
  const accountId = String(input.userId);
  const amr = AMR[method];
  if (isOver(interaction)) {
    if (interaction.result?.login?.accountId !== accountId) throw new AppError("INTERACTION_NOT_FOUND");
    return interaction.returnTo;
  }
  if (current?.userId === input.userId) {
    const methods = await findFactors(database, input.userId);
    // As in a new row: the password is no proof of a person who has a stronger one.
    if (method !== "password" || methods.passkeys === 0) await recordProof(database, current.id, new Date());
    return finishInteraction(interaction, {
      // The session keeps what its person asked for when it began: its cookie and its row end together.
      login: { accountId, userSessionId: current.id, amr, remember: current.remembered } satisfies LoginResult,
    });
  }
  const answer = `${interaction.uid}:${accountId}`;
  const id = deriveUuidv7(`user session\n${interaction.seed}\n${answer}`, interaction.iat * 1_000);
  // Side by side: an interaction whose `user_sessions` row could not be written is refused later (`adoptOidcUid`).
  const [location] = await Promise.all([
    finishInteraction(interaction, {
      login: { accountId, userSessionId: id, amr, remember: remembered } satisfies LoginResult,
    }),
    createUserSession(database, {
      id,
      oidcSessionUid: pendingUid(answer),
      ...proven,
      remembered,
      authMethod: method,
      isAudited: true,
    }),
  ]);
  return location;
}
