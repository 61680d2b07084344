"use server";

import { type DossierTypeDto, FIELD_KEY_PATTERN } from "@mgs/dossiers/contract/dossier-types";
import { dossierTypePath } from "@mgs/dossiers/links";
import { mergeType, type TypeMerge } from "@mgs/dossiers/types/merge-type";
import { createType, editType } from "@mgs/dossiers/types/write-type";
import { namesOf } from "@mgs/identity/users/name-of";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { type WorkTexts, workTexts } from "../../../features/dossier/work-texts";
import { portal } from "../../../portal";

type TypeBase = Omit<DossierTypeDto, "id" | "archived" | "version">;

// The use cases check what these get: an action can be called with anything.

export async function create(values: FormValues): Promise<ActionResult> {
  return portal.runAction(async ({ actor }) => {
    const { id } = await createType(portal.runtime(), actor, readValues(values));
    return { redirect: dossierTypePath(id) };
  });
}

/** Saves what was typed. Where a colleague has changed the same meanwhile it asks first, with both values. @param base as the form was drawn */
export async function save(id: number, base: TypeBase, values: FormValues): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const confirmed = textOf(values, "confirmed");
    const { conflicts, version } = await mergeType(portal.runtime(), actor, id, {
      ...{ base, typed: readValues(values) },
      ...(confirmed === "" ? {} : { over: Number(confirmed) }),
    });
    const { t } = workTexts(locale);
    if (conflicts.length === 0) return t("saved");
    const changes = await writeConflicts(conflicts, t);
    return {
      question: {
        ...{ key: String(version), title: t("types.conflict.title"), text: t("types.conflict.text", { changes }) },
        ...{ submit: t("types.conflict.keepMine"), cancel: t("types.conflict.back"), close: t("close") },
      },
    };
  });
}

/** Both values of each field that two people have changed. */
async function writeConflicts(conflicts: TypeMerge["conflicts"], t: WorkTexts["t"]): Promise<string> {
  const values = conflicts.flatMap(({ mine, theirs }) => [mine, theirs]);
  const people = await namesOf(
    portal.runtime().database,
    values.filter((value): value is number => typeof value === "number"),
  );
  const nameOf = (item: unknown) =>
    String((item as { name?: unknown }).name ?? (item as { label?: { fr?: unknown } }).label?.fr ?? "");
  const write = (field: string, value: unknown): string => {
    if (Array.isArray(value)) return value.map(nameOf).join(", ") || t("types.conflict.nothing");
    if (value === null) return t("types.conflict.nothing");
    return field === "default_assignee_id" ? (people.get(Number(value)) ?? "") : String(value);
  };
  return conflicts
    .map(({ field, mine, theirs }) => {
      const name = TYPE_FIELDS.find((known) => known === field) ?? "fields";
      const both = { mine: write(field, mine), theirs: write(field, theirs) };
      return t("types.conflict.field", { field: t(FIELD_TEXTS[name]), ...both });
    })
    .join(" ");
}

const FIELD_TEXTS = {
  "name.fr": "types.nameFr",
  "name.en": "types.nameEn",
  due_working_days: "types.due",
  default_assignee_id: "types.assignee",
  fields: "types.fields",
  pieces: "types.pieces",
} as const;
const TYPE_FIELDS = Object.keys(FIELD_TEXTS) as (keyof typeof FIELD_TEXTS)[];

export async function archive(id: number, version: number, archived: boolean): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const type = await editType(portal.runtime(), actor, id, { archived, version });
    const { t } = workTexts(locale);
    const done = t(archived ? "types.archivedDone" : "types.restoredDone");
    // One change is this one, or a colleague's that was the same.
    return type.version <= version + 1 ? done : `${done} ${t("types.changedMeanwhile")}`;
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
