"use server";

import { AppError } from "@mgs/core/errors";
import { createClient } from "@mgs/identity/clients/create-client";
import { revokeClient } from "@mgs/identity/clients/revoke-client";
import { endPreviousSecret, rotateSecret } from "@mgs/identity/clients/rotate-secret";
import { showClient } from "@mgs/identity/clients/show-client";
import { updateClient } from "@mgs/identity/clients/update-client";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import type { SecretResult } from "../../../../features/console/applications/application-forms";
import { readApplicationForm } from "../../../../features/console/applications/read-application-form";
import type { IssuedSecret } from "../../../../features/console/applications/secret-once";
import { runAction } from "../../../../features/console/run-action";

/** Registers a client. A repetition after a lost answer makes no second one. */
export async function create(values: FormValues, idempotencyKey: string): Promise<SecretResult> {
  let issued: IssuedSecret | undefined;
  const result = await runAction(async ({ runtime, actor, texts }) => {
    const { client_id, client_secret, name } = await createClient(
      runtime,
      actor,
      { ...readApplicationForm(values), machine: values.kind === "machine" },
      { idempotencyKey: parseIdempotencyKey(idempotencyKey) },
    );
    issued = { clientId: client_id, secret: client_secret };
    return texts.t("applications.secret.done", { name });
  });
  return issued ? { ...result, issued } : result;
}

/** Saves an edit over the version that it began with. */
export async function save(clientId: string, values: FormValues): Promise<ActionResult> {
  let conflict = "";
  const result = await runAction(async ({ runtime, actor, texts }) => {
    conflict = texts.t("applications.form.conflict");
    const { changed } = await updateClient(runtime, actor, {
      ...readApplicationForm(values),
      clientId: parseText(clientId),
      version: Number(values.version),
    });
    return texts.t("applications.form.saved", { count: changed.length });
  });
  return result.code === "CONFLICT" ? { ...result, message: conflict } : result;
}

/** Gives a client a new secret; the one before opens as well for the time that was chosen. */
export async function rotate(clientId: string, values: FormValues, idempotencyKey: string): Promise<SecretResult> {
  let issued: IssuedSecret | undefined;
  const result = await runAction(async ({ runtime, actor, texts }) => {
    const { client_id, client_secret } = await rotateSecret(
      runtime,
      actor,
      parseText(clientId),
      { overlapSeconds: Number(values.overlapSeconds) },
      { idempotencyKey: parseIdempotencyKey(idempotencyKey) },
    );
    issued = { clientId: client_id, secret: client_secret };
    return texts.t("applications.credentials.rotated");
  });
  return issued ? { ...result, issued } : result;
}

export async function endPrevious(clientId: string): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const { changed } = await endPreviousSecret(runtime, actor, parseText(clientId));
    return texts.t(changed ? "applications.credentials.ended" : "applications.credentials.alreadyEnded");
  });
}

export async function revoke(clientId: string): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const id = parseText(clientId);
    const { changed } = await revokeClient(runtime, actor, id);
    const { name } = await showClient({ ...runtime, countLiveAccessTokens: async () => 0 }, actor, id);
    return texts.t(changed ? "applications.revoke.done" : "applications.revoke.before", { name });
  });
}

/** Checks a key that a page has made. @throws AppError BAD_REQUEST */
function parseIdempotencyKey(sent: unknown): string {
  if (typeof sent !== "string" || !/^[0-9a-f]{32}$/.test(sent)) throw new AppError("BAD_REQUEST");
  return sent;
}

function parseText(sent: unknown): string {
  return typeof sent === "string" ? sent : "";
}
