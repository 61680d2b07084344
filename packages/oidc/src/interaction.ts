import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import {
  createUserSession,
  findLiveByOidcUid,
  type LiveUserSession,
  pendingUid,
} from "@mgs/identity/sessions/user-sessions.repository";
import type Provider from "oidc-provider";
import type { LoginResult } from "./grants";

export type InteractionView = {
  uid: string;
  prompt: "login" | "consent";
  client: { id: string; name: string; firstParty: boolean };
  /** Scopes and claims the person has not granted yet. */
  missingScopes: string[];
  /** The client wants a fresh sign-in (`prompt=login`, `max_age`), whoever is signed in. */
  mustAsk: boolean;
  /**
   * The client's request anew, for a browser that has signed in meanwhile. Not the interaction's own way back: that
   * rotates the session's cookie, and tabs that go on at once would each lose it to the others.
   */
  restart: string;
};

type Loaded = InstanceType<Provider["Interaction"]>;

/**
 * @param cookie value of the interaction cookie: an interaction belongs to the browser that began it
 * @throws AppError INTERACTION_NOT_FOUND
 */
async function load(provider: Provider, uid: string, cookie: string | undefined): Promise<Loaded> {
  const interaction = cookie === uid ? await provider.Interaction.find(uid) : undefined;
  if (!interaction) throw new AppError("INTERACTION_NOT_FOUND");
  return interaction;
}

export async function viewInteraction(
  provider: Provider,
  input: { uid: string; cookie: string | undefined },
): Promise<InteractionView> {
  const interaction = await load(provider, input.uid, input.cookie);
  const { prompt, params, uid } = interaction;
  const client = await provider.Client.find(String(params.client_id));
  if (!client) throw new AppError("INTERACTION_NOT_FOUND");
  const missing: unknown = prompt.details.missingOIDCScope;
  return {
    uid,
    prompt: prompt.name === "consent" ? "consent" : "login",
    client: {
      id: client.clientId,
      name: client.clientName ?? client.clientId,
      firstParty: client.first_party === true,
    },
    mustAsk: prompt.reasons.some((reason) => reason !== "no_session"),
    missingScopes: Array.isArray(missing) ? missing.map(String) : [],
    restart: `/oauth/authorize?${new URLSearchParams(
      Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    )}`,
  };
}

async function finish(interaction: Loaded, result: NonNullable<Loaded["result"]>): Promise<string> {
  interaction.result = { ...interaction.lastSubmission, ...result };
  await interaction.persist();
  return interaction.returnTo;
}

/** An interaction that waits for a person to prove who they are. */
export type OpenLogin = { interaction: Loaded; current: LiveUserSession | null };

/**
 * What `finishLogin` needs to know; asked for while the password is being checked.
 * @throws AppError INTERACTION_NOT_FOUND
 */
export async function openLogin(
  deps: { database: Database; provider: Provider },
  input: { uid: string; cookie: string | undefined },
): Promise<OpenLogin> {
  const interaction = await load(deps.provider, input.uid, input.cookie);
  const uid = interaction.session?.uid;
  return { interaction, current: uid ? await findLiveByOidcUid(deps.database, uid) : null };
}

/**
 * Notes that a person proved who they are, and makes the `user_sessions` row of this device.
 * @param input.passwordHash what the password was checked against
 * @returns where to send the browser
 * @throws AppError INVALID_CREDENTIALS when the person has been disabled or has another password by now
 */
export async function finishLogin(
  database: Database,
  { interaction, current }: OpenLogin,
  input: { userId: number; passwordHash?: string; userAgent: string | null; ip: string | null },
): Promise<string> {
  const accountId = String(input.userId);
  if (current?.userId === input.userId) {
    return finish(interaction, { login: { accountId, userSessionId: current.id } satisfies LoginResult });
  }
  const id = uuidv7();
  // Side by side: an interaction whose sign-in could not be written down leads nowhere (`adoptOidcUid`).
  const [location] = await Promise.all([
    finish(interaction, { login: { accountId, userSessionId: id } satisfies LoginResult }),
    createUserSession(database, { id, oidcSessionUid: pendingUid(interaction.uid), ...input }),
  ]);
  return location;
}

/** Grants what a third-party client asked for. @returns where to send the browser */
export async function acceptConsent(
  provider: Provider,
  input: { uid: string; cookie: string | undefined },
): Promise<string> {
  const interaction = await load(provider, input.uid, input.cookie);
  const accountId = interaction.session?.accountId;
  if (!accountId || interaction.prompt.name !== "consent") throw new AppError("INTERACTION_NOT_FOUND");
  const clientId = String(interaction.params.client_id);
  const grant =
    (interaction.grantId ? await provider.Grant.find(interaction.grantId) : undefined) ??
    new provider.Grant({ accountId, clientId });
  const { missingOIDCScope, missingOIDCClaims } = interaction.prompt.details;
  if (Array.isArray(missingOIDCScope)) grant.addOIDCScope(missingOIDCScope.join(" "));
  if (Array.isArray(missingOIDCClaims)) grant.addOIDCClaims(missingOIDCClaims.map(String));
  const grantId = await grant.save();
  return finish(interaction, { consent: { grantId } });
}

/** The person said no: the client hears `access_denied`. @returns where to send the browser */
export async function refuseConsent(
  provider: Provider,
  input: { uid: string; cookie: string | undefined },
): Promise<string> {
  const interaction = await load(provider, input.uid, input.cookie);
  return finish(interaction, { error: "access_denied", error_description: "the person refused" });
}
