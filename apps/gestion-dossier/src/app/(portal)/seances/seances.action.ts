"use server";

import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { DOSSIER_TIME_ZONE } from "@mgs/dossiers/deps";
import { seancePath } from "@mgs/dossiers/links";
import { listDossiers } from "@mgs/dossiers/record/list-dossiers";
import { cancelSeance, restoreSeance } from "@mgs/dossiers/seances/cancel-seance";
import { createSeance } from "@mgs/dossiers/seances/create-seance";
import { editSeance } from "@mgs/dossiers/seances/edit-seance";
import { getSeance } from "@mgs/dossiers/seances/read-seance";
import { tabOfAction } from "@mgs/http/socket-id";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { workTexts } from "../../../features/dossier/work-texts";
import { portal } from "../../../portal";

// The use cases check what these get: an action can be called with anything.

export async function create(
  values: FormValues,
  idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor }) => {
    const input = { ...(await readFields(actor, values)), participants: [actor.userId] };
    const { seance } = await createSeance(portal.runtime(), actor, input, {
      idempotencyKey,
      ...tabOfAction(socketId),
    });
    return { redirect: seancePath(seance.id) };
  });
}

/** Saves the fields that were typed in; the version is that of the page which the visitor had before them. */
export async function save(
  id: number,
  typed: Readonly<Record<string, unknown>>,
  version: number,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const edit = { ...(await readTyped(actor, typed)), version };
    await editSeance(portal.runtime(), actor, id, edit, tabOfAction(socketId));
    return messagesFor(locale).records.saved;
  });
}

export async function addPerson(
  id: number,
  values: FormValues,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return changeParticipants(id, (before) => [...before, Number(textOf(values, "participants"))], socketId);
}

export async function removePerson(
  id: number,
  userId: number,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return changeParticipants(id, (before) => before.filter((one) => one !== userId), socketId);
}

async function changeParticipants(
  id: number,
  change: (before: number[]) => number[],
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const seance = await getSeance(portal.runtime(), actor, id);
    const participants = change(seance.participants.map((person) => person.id));
    const edit = { participants, version: seance.version };
    await editSeance(portal.runtime(), actor, id, edit, tabOfAction(socketId));
    return workTexts(locale).t("saved");
  });
}

export async function cancel(id: number, _idempotencyKey: string, socketId: string | undefined): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await cancelSeance(portal.runtime(), actor, id, tabOfAction(socketId));
    return workTexts(locale).t("seances.cancelled");
  });
}

export async function restore(
  id: number,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await restoreSeance(portal.runtime(), actor, id, tabOfAction(socketId));
    return workTexts(locale).t("seances.restored");
  });
}

async function readFields(actor: UserActor, values: FormValues) {
  return {
    title: textOf(values, "title"),
    place: textOf(values, "place"),
    starts_at: toInstant(textOf(values, "starts_at")),
    ends_at: toInstant(textOf(values, "ends_at")),
    is_public: textOf(values, "is_public") === "true",
    dossier_id: await findDossier(actor, textOf(values, "dossier_id").trim()),
  };
}

/** What was typed, as the use case takes it: it checks the rest. */
async function readTyped(actor: UserActor, typed: Readonly<Record<string, unknown>>) {
  const edit: Record<string, unknown> = { ...typed };
  for (const field of ["starts_at", "ends_at"])
    if (typeof edit[field] === "string") edit[field] = toInstant(edit[field]);
  if (typeof edit.dossier_id === "string") edit.dossier_id = await findDossier(actor, edit.dossier_id.trim());
  return edit;
}

/** A control's time by the clock of Madagascar; what is none is left to the use case, which refuses it. */
function toInstant(text: string): string {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(DOSSIER_TIME_ZONE).toInstant().toString();
  } catch {
    return text;
  }
}

/** The dossier of a number, among those that the actor sees. @throws AppError VALIDATION_ERROR */
async function findDossier(actor: UserActor, reference: string): Promise<number | null> {
  if (reference === "") return null;
  const { items } = await listDossiers(portal.runtime(), actor, { search: reference, limit: "5" });
  const found = items.find((dossier) => dossier.reference === reference.toUpperCase());
  if (!found) throw new AppError("VALIDATION_ERROR", { details: [{ path: "dossier_id", message: "INVALID_CHOICE" }] });
  return found.id;
}
