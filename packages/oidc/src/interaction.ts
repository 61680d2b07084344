import { AppError } from "@mgs/core/errors";
import { SCOPES } from "@mgs/core/scopes";
import { isSessionEndReason, SESSION_END_PARAMETER, type SessionEndReason } from "@mgs/core/session-end-reasons";
import { isStorableText } from "@mgs/core/text";
import type Provider from "oidc-provider";
import { bindingCookie } from "./cookies";
import type { BoundInteraction } from "./interaction-model";

export type InteractionView = {
  uid: string;
  prompt: "login" | "consent";
  client: { id: string; name: string; firstParty: boolean };
  /** What the client asks for, without what it has. */
  scopes: string[];
  /** Scopes that the person has allowed this client before. */
  allowed: string[];
  /** The client asks for a fresh sign-in (`prompt=login`, `max_age`), even of a person who is signed in. */
  mustAsk: boolean;
  /**
   * The client's request anew, for a browser that has signed in meanwhile. Not the interaction's `returnTo`: that
   * rotates the session's cookie, and of tabs that go on at once all but one would lose it.
   */
  restart: string;
  /** E-mail address that the client expects (`login_hint`); empty when it names none. */
  loginHint: string;
  /** Why the browser's session before has ended, when its portal says so. */
  ended: SessionEndReason | null;
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
export async function loadBoundInteraction(
  provider: Provider,
  { uid, cookies }: InteractionInput,
): Promise<BoundInteraction> {
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
  const interaction = await loadBoundInteraction(provider, input);
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
    ...splitScopes(prompt, asked),
    restart: restartUrl(interaction),
    ended: isSessionEndReason(params[SESSION_END_PARAMETER]) ? params[SESSION_END_PARAMETER] : null,
    loginHint: hint.length <= MAX_LOGIN_HINT_CHARACTERS && isStorableText(hint) ? hint : "",
  };
}

/** More scopes than before ask for the difference; a client that insists on the question (`prompt=consent`) asks for all. */
function splitScopes({ details }: BoundInteraction["prompt"], asked: readonly string[]) {
  const { missingOIDCScope: missing } = details;
  const isMissing = (scope: string) => !Array.isArray(missing) || missing.includes(scope);
  return {
    scopes: SCOPES.filter((scope) => asked.includes(scope) && isMissing(scope)),
    allowed: SCOPES.filter((scope) => asked.includes(scope) && !isMissing(scope)),
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
export async function finishInteraction(
  interaction: BoundInteraction,
  result: NonNullable<BoundInteraction["result"]>,
): Promise<string> {
  interaction.result = { ...interaction.lastSubmission, ...result };
  await interaction.persist();
  return interaction.returnTo;
}
