"use server";

import type { DossierField } from "@mgs/dossiers/contract/dossier-types";
import { dossierPath } from "@mgs/dossiers/links";
import { openDossier } from "@mgs/dossiers/record/open-dossier";
import { listTypes } from "@mgs/dossiers/types/list-types";
import { tabOfAction } from "@mgs/http/socket-id";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { portal } from "../../../../portal";

/** Opens a dossier with what the form has; the use case checks it. */
export async function open(
  typeId: number,
  values: FormValues,
  idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor }) => {
    const runtime = portal.runtime();
    const type = (await listTypes(runtime, actor)).find(({ id }) => id === typeId);
    const [due, assignee] = [textOf(values, "due_on"), textOf(values, "assignee_id")];
    const input = {
      type_id: typeId,
      title: textOf(values, "title"),
      description: textOf(values, "description"),
      concerned: {
        kind: textOf(values, "concerned.kind"),
        name: textOf(values, "concerned.name"),
        contact: textOf(values, "concerned.contact"),
      },
      priority: textOf(values, "priority"),
      ...(due === "" ? {} : { due_on: due }),
      ...(assignee === "" ? {} : { assignee_id: Number(assignee) }),
      tags: textOf(values, "tags")
        .split(",")
        .map((tag) => tag.trim())
        .filter(Boolean),
      custom: Object.fromEntries(
        (type?.fields ?? [])
          .filter(({ hidden }) => hidden !== true)
          .flatMap((field) => {
            const value = readValue(field, textOf(values, `custom.${field.key}`));
            return value === null ? [] : [[field.key, value]];
          }),
      ),
    };
    const { dossier } = await openDossier(runtime, actor, input, { idempotencyKey, ...tabOfAction(socketId) });
    return { redirect: dossierPath(dossier.id) };
  });
}

/** A control's text as the field's value; null where it is empty. */
function readValue({ kind }: DossierField, text: string): unknown {
  if (text === "") return null;
  if (kind === "number") return Number(text);
  return kind === "yes-no" ? text === "true" : text;
}
