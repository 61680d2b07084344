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
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { workTexts } from "../../../features/dossier/work-texts";
import { portal } from "../../../portal";

// The use cases check what these get: an action can be called with anything.

export async function create(values: FormValues, idempotencyKey: string): Promise<ActionResult> {
  return portal.runAction(async ({ actor }) => {
    const input = { ...(await readFields(actor, values)), participants: [actor.userId] };
    const { seance } = await createSeance(portal.runtime(), actor, input, { idempotencyKey });
    return { redirect: seancePath(seance.id) };
  });
}

export async function save(id: number, version: number, values: FormValues): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await editSeance(portal.runtime(), actor, id, { ...(await readFields(actor, values)), version });
    return workTexts(locale).t("saved");
  });
}

export async function addPerson(id: number, values: FormValues): Promise<ActionResult> {
  return changeParticipants(id, (before) => [...before, Number(textOf(values, "participants"))]);
}

export async function removePerson(id: number, userId: number): Promise<ActionResult> {
  return changeParticipants(id, (before) => before.filter((one) => one !== userId));
}

async function changeParticipants(id: number, change: (before: number[]) => number[]): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const seance = await getSeance(portal.runtime(), actor, id);
    const participants = change(seance.participants.map((person) => person.id));
    await editSeance(portal.runtime(), actor, id, { participants, version: seance.version });
    return workTexts(locale).t("saved");
  });
}

export async function cancel(id: number): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await cancelSeance(portal.runtime(), actor, id);
    return workTexts(locale).t("seances.cancelled");
  });
}

export async function restore(id: number): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await restoreSeance(portal.runtime(), actor, id);
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
