"use server";

import { VIEW_PORTS } from "@mgs/business/modules";
import { dossierList } from "@mgs/dossiers/dossiers.repository";
import { deleteView } from "@mgs/records/views/delete-view";
import { editView } from "@mgs/records/views/edit-view";
import { restoreView } from "@mgs/records/views/restore-view";
import { saveView } from "@mgs/records/views/save-view";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { dossierTexts } from "../../../features/dossier-list/list-context";
import { portal } from "../../../portal";

// The use cases check what these get: an action can be called with anything.

export async function save(query: string, values: FormValues): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const input = { list: dossierList.name, name: textOf(values, "name"), query, shared: values.shared === "yes" };
    const { name } = await saveView(portal.runtime(), actor, VIEW_PORTS, input);
    return dossierTexts(locale, "UTC").lists("views.saved", { name });
  });
}

export async function rename(id: string, values: FormValues): Promise<ActionResult> {
  return change(id, { name: textOf(values, "name") });
}

export async function update(id: string, query: string): Promise<ActionResult> {
  return change(id, { query });
}

export async function share(id: string, shared: boolean): Promise<ActionResult> {
  return change(id, { shared });
}

export async function remove(id: string): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await deleteView(portal.runtime(), actor, VIEW_PORTS, String(id));
    return dossierTexts(locale, "UTC").lists("views.removed");
  });
}

export async function restore(id: string): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const { name } = await restoreView(portal.runtime(), actor, VIEW_PORTS, String(id));
    return dossierTexts(locale, "UTC").lists("views.restored", { name });
  });
}

function change(id: string, input: Readonly<Record<string, unknown>>): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const { name } = await editView(portal.runtime(), actor, VIEW_PORTS, String(id), input);
    return dossierTexts(locale, "UTC").lists("views.changed", { name });
  });
}
