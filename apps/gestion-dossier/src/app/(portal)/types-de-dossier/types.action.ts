"use server";

import { FIELD_KEY_PATTERN } from "@mgs/dossiers/contract/dossier-types";
import { dossierTypePath } from "@mgs/dossiers/links";
import { createType, editType } from "@mgs/dossiers/types/write-type";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { workTexts } from "../../../features/dossier/work-texts";
import { portal } from "../../../portal";

// The use cases check what these get: an action can be called with anything.

export async function create(values: FormValues): Promise<ActionResult> {
  return portal.runAction(async ({ actor }) => {
    const { id } = await createType(portal.runtime(), actor, readValues(values));
    return { redirect: dossierTypePath(id) };
  });
}

export async function save(id: number, version: number, values: FormValues): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await editType(portal.runtime(), actor, id, { ...readValues(values), version });
    return workTexts(locale).t("saved");
  });
}

export async function archive(id: number, version: number, archived: boolean): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await editType(portal.runtime(), actor, id, { archived, version });
    return workTexts(locale).t(archived ? "types.archivedDone" : "types.restoredDone");
  });
}

function readValues(values: FormValues) {
  const [due, assignee] = [textOf(values, "due_working_days"), textOf(values, "default_assignee_id")];
  return {
    name: { fr: textOf(values, "name.fr"), en: textOf(values, "name.en") },
    due_working_days: due === "" ? null : Number(due),
    default_assignee_id: assignee === "" ? null : Number(assignee),
    fields: withKeys(readJson(textOf(values, "fields"))),
    pieces: readJson(textOf(values, "pieces")),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type PostedField = { key?: unknown; label?: { fr?: unknown } };

/** Gives new fields a key, by their French label: `Date des faits` is `date_des_faits`. */
function withKeys(fields: unknown): unknown {
  if (!Array.isArray(fields)) return fields;
  const taken = new Set(fields.map((field: PostedField) => field?.key));
  return fields.map((field: PostedField) => {
    if (field?.key !== "") return field;
    const key = freeKey(String(field.label?.fr ?? ""), taken);
    taken.add(key);
    return { ...field, key };
  });
}

const MAX_STEM_CHARACTERS = 30;

function freeKey(label: string, taken: ReadonlySet<unknown>): string {
  const words = label
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "")
    .slice(0, MAX_STEM_CHARACTERS);
  const stem = FIELD_KEY_PATTERN.test(words) ? words : "champ";
  for (let number = 1; ; number++) {
    const key = number === 1 ? stem : `${stem}_${number}`;
    if (!taken.has(key)) return key;
  }
}
