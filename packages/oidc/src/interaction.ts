import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { derivedUuidv7 } from "@mgs/core/ids";
import { SCOPES } from "@mgs/core/scopes";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import {
  createUserSession,
  findLiveByOidcUid,
  type LiveUserSession,
  pendingUid,
} from "@mgs/identity/sessions/user-sessions.repository";
import type Provider from "oidc-provider";
import { bindingCookie } from "./cookies";
import type { LoginResult } from "./grants";
import type { BoundInteraction } from "./interaction-model";

export type InteractionView = {
  uid: string;
  prompt: "login" | "consent";
  client: { id: string; name: string; firstParty: boolean };
  /** All that the client asks for. */
  scopes: string[];
  /** The client asks for a fresh sign-in (`prompt=login`, `max_age`), even of a person who is signed in. */
  mustAsk: boolean;
  /**
   * The client's request anew, for a browser that has signed in meanwhile. Not the interaction's `returnTo`: that
   * rotates the session's cookie, and of tabs that go on at once all but one would lose it.
   */
  restart: string;
  /** E-mail address that the client expects (`login_hint`); empty when it names none. */
  loginHint: string;
};

/** An interaction's id, and the cookies of the request: an interaction belongs to the browser that began it. */
export type InteractionInput = { uid: string; cookies: Readonly<Record<string, string | undefined>> };

/** Longest `login_hint` that the form is filled with: the longest e-mail address. */
const MAX_LOGIN_HINT_CHARACTERS = 320;

const secureOf = (provider: Provider): boolean => provider.issuer.startsWith("https:");

/**
 * Loads an interaction of this browser, answered or not.
 * @throws AppError INTERACTION_NOT_FOUND
 */
async function loadBound(provider: Provider, { uid, cookies }: InteractionInput): Promise<BoundInteraction> {
  const bound = cookies[bindingCookie(uid, secureOf(provider))] !== undefined;
  const interaction = bound ? await provider.Interaction.find(uid) : undefined;
  if (!interaction) throw new AppError("INTERACTION_NOT_FOUND");
  return interaction;
}

/** Whether an interaction takes no answer any more: it has been finished, or has expired. */
export function isOver(interaction: BoundInteraction): boolean {
  return interaction.consumed !== undefined || interaction.isExpired;
}

/** Address of the client's request anew. */
export function restartUrl({ params }: BoundInteraction): string {
  const given = Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return `/oauth/authorize?${new URLSearchParams(given)}`;
}

async function clientOf(provider: Provider, interaction: BoundInteraction) {
  const client = await provider.Client.find(String(interaction.params.client_id));
  return (
    client && {
      id: client.clientId,
      name: client.clientName ?? client.clientId,
      firstParty: client.first_party === true,
    }
  );
}

/** What the page of an interaction shows. @throws AppError INTERACTION_NOT_FOUND also when the interaction is over */
export async function viewInteraction(provider: Provider, input: InteractionInput): Promise<InteractionView> {
  const interaction = await loadBound(provider, input);
  const { prompt, params, uid } = interaction;
  const client = await clientOf(provider, interaction);
  if (!client || isOver(interaction)) throw new AppError("INTERACTION_NOT_FOUND");
  const asked = String(params.scope ?? "").split(" ");
  const hint = typeof params.login_hint === "string" ? params.login_hint : "";
  return {
    uid,
    prompt: prompt.name === "consent" ? "consent" : "login",
    client,
    mustAsk: prompt.reasons.some((reason) => reason !== "no_session"),
    scopes: SCOPES.filter((scope) => asked.includes(scope)),
    restart: restartUrl(interaction),
    loginHint: hint.length <= MAX_LOGIN_HINT_CHARACTERS && isStorableText(hint) ? hint : "",
  };
}

/** How the page of an interaction goes on that cannot be answered here: it is over, or another browser's. */
export type InteractionFallback = {
  client: InteractionView["client"];
  /** The client's request anew: it ends where the first one would have ended. */
  restart: string;
  /** The interaction is over, so the page may redirect to `restart` at once: the redirect does not lead here again. */
  isOver: boolean;
};

/** The client of an interaction, answered or not; null after its retention (`EXPIRED_INTERACTION_RETENTION_SECONDS`). */
export async function findInteractionFallback(provider: Provider, uid: string): Promise<InteractionFallback | null> {
  const interaction = await provider.Interaction.find(uid, { ignoreExpiration: true });
  const client = interaction && (await clientOf(provider, interaction));
  return client ? { client, restart: restartUrl(interaction), isOver: isOver(interaction) } : null;
}

/** Saves an answer. @returns where to send the browser; the same for every answer */
async function finish(interaction: BoundInteraction, result: NonNullable<BoundInteraction["result"]>): Promise<string> {
  interaction.result = { ...interaction.lastSubmission, ...result };
  await interaction.persist();
  return interaction.returnTo;
}

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
  const interaction = await loadBound(deps.provider, input);
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
    return finish(interaction, { login: { accountId, userSessionId: current.id } satisfies LoginResult });
  }
  const answer = `${interaction.uid}:${accountId}`;
  const id = derivedUuidv7(`user session\n${interaction.seed}\n${answer}`, interaction.iat * 1_000);
  // Side by side: an interaction whose `user_sessions` row could not be written is refused later (`adoptOidcUid`).
  const [location] = await Promise.all([
    finish(interaction, { login: { accountId, userSessionId: id } satisfies LoginResult }),
    createUserSession(database, { id, oidcSessionUid: pendingUid(answer), ...input }),
  ]);
  return location;
}

/**
 * Grants a third-party client what it asked for; a second time it makes nothing new.
 * @returns where to send the browser
 * @throws AppError INTERACTION_NOT_FOUND
 */
export async function acceptConsent(provider: Provider, input: InteractionInput): Promise<string> {
  const interaction = await loadConsent(provider, input);
  const accountId = interaction.session?.accountId;
  if (isOver(interaction)) return interaction.returnTo;
  if (!accountId) throw new AppError("INTERACTION_NOT_FOUND");
  const grant = (interaction.grantId && (await provider.Grant.find(interaction.grantId))) || newGrant();
  const { missingOIDCScope, missingOIDCClaims } = interaction.prompt.details;
  if (Array.isArray(missingOIDCScope)) grant.addOIDCScope(missingOIDCScope.join(" "));
  if (Array.isArray(missingOIDCClaims)) grant.addOIDCClaims(missingOIDCClaims.map(String));
  const grantId = await grant.save();
  return finish(interaction, { consent: { grantId } });

  function newGrant() {
    const made = new provider.Grant({ accountId, clientId: String(interaction.params.client_id) });
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
  return finish(interaction, { error: "access_denied", error_description: "the person refused" });
}

async function loadConsent(provider: Provider, input: InteractionInput): Promise<BoundInteraction> {
  const interaction = await loadBound(provider, input);
  if (interaction.prompt.name !== "consent") throw new AppError("INTERACTION_NOT_FOUND");
  return interaction;
}
