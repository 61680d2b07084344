"use server";

import { validate } from "@mgs/core/validate";
import { messagesFor } from "@mgs/i18n/catalogue";
import { addPasskey } from "@mgs/identity/passkeys/add-passkey";
import { beginPasskey } from "@mgs/identity/passkeys/begin-passkey";
import { attestationInput } from "@mgs/identity/passkeys/passkey-answers";
import { relyingPartyOf } from "@mgs/identity/passkeys/relying-party";
import { removePasskey } from "@mgs/identity/passkeys/remove-passkey";
import { renamePasskey } from "@mgs/identity/passkeys/rename-passkey";
import {
  beginOwnTotp,
  cancelOwnTotp,
  confirmOwnTotp,
  putAwayOwnRecoveryCodes,
  removeOwnTotp,
  renewRecoveryCodes,
} from "@mgs/identity/second-factor/manage-totp";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import type { PasskeyOffer } from "../../../features/security/passkey-offer";
import { portal } from "../../../portal";

const withRelyingParty = () => ({ ...portal.runtime(), relyingParty: relyingPartyOf(portal.signIn().issuer) });

/** What the browser asks its authenticator for a new passkey. */
export async function offerPasskey(): Promise<PasskeyOffer> {
  let options: PasskeyOffer["options"];
  const result = await portal.runAction(async ({ actor }) => {
    options = await beginPasskey(withRelyingParty(), actor);
    return "";
  });
  return options === undefined ? result : { ...result, options };
}

/** Adds the passkey that the authenticator has made; the same answer twice adds one. */
export async function registerPasskey(name: unknown, answer: unknown): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const input = { name: String(name ?? ""), answer: validate(attestationInput, answer) };
    await addPasskey(withRelyingParty(), actor, input);
    return messagesFor(locale).passkey.added;
  });
}

export async function rename(id: string, values: FormValues): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await renamePasskey(portal.runtime(), actor, { id: String(id), name: String(values.name ?? "") });
    return messagesFor(locale).security.renamed;
  });
}

export async function remove(id: string): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await removePasskey(portal.runtime(), actor, { id: String(id) });
    return messagesFor(locale).security.passkeyRemoved;
  });
}

export async function startTotp(): Promise<ActionResult> {
  return portal.runAction(async ({ actor }) => {
    await beginOwnTotp(portal.runtime(), actor);
    return "";
  });
}

export async function confirmTotp(values: FormValues): Promise<ActionResult> {
  const result = await portal.runAction(async ({ actor, locale }) => {
    await confirmOwnTotp(portal.runtime(), actor, { code: String(values.code ?? "") });
    return messagesFor(locale).security.totpConfirmed;
  });
  if (result.code !== "INVALID_CODE") return result;
  return { ...result, fieldErrors: [{ path: "code", message: result.message }] };
}

export async function cancelTotp(): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await cancelOwnTotp(portal.runtime(), actor);
    return messagesFor(locale).security.totpCancelled;
  });
}

export async function removeTotp(): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await removeOwnTotp(portal.runtime(), actor);
    return messagesFor(locale).security.totpRemoved;
  });
}

export async function renewCodes(): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await renewRecoveryCodes(portal.runtime(), actor);
    return messagesFor(locale).security.codesRenewed;
  });
}

export async function putAwayCodes(): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await putAwayOwnRecoveryCodes(portal.runtime(), actor);
    return messagesFor(locale).security.codesPutAway;
  });
}
