"use server";

import { AppError } from "@mgs/core/errors";
import { type BulkOutcome, editDossiers } from "@mgs/dossiers/bulk/edit-dossiers";
import { tabOfAction } from "@mgs/http/socket-id";
import { errorMessage } from "@mgs/i18n/translate";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { type DossierTexts, dossierTexts } from "../../../features/dossier-list/list-context";
import { portal } from "../../../portal";

// The use case checks what this gets: an action can be called with anything.

/** Runs an act on the chosen dossiers, and tells what became of each. */
export async function bulk(
  values: FormValues,
  _idempotencyKey: string,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const texts = dossierTexts(locale, "UTC");
    const options = tabOfAction(socketId);
    const ids = [values.ids ?? []].flat().map(Number);
    const outcomes = await editDossiers(portal.runtime(), actor, { ids, change: changeOf(values) }, options);
    return tell(texts, outcomes);
  });
}

/** @throws AppError VALIDATION_ERROR where the act, or the person, was not chosen */
function changeOf(values: FormValues): object {
  switch (textOf(values, "act")) {
    case "assign": {
      const id = Number(textOf(values, "assignee_id"));
      if (id > 0) return { assignee_id: id };
      throw new AppError("VALIDATION_ERROR", { details: [{ path: "assignee_id", message: "REQUIRED" }] });
    }
    case "unassign":
      return { assignee_id: null };
    case "priority":
      return { priority: textOf(values, "priority") };
    default:
      throw new AppError("VALIDATION_ERROR", { details: [{ path: "act", message: "REQUIRED" }] });
  }
}

function tell({ t, locale }: DossierTexts, outcomes: readonly BulkOutcome[]): string {
  const names = new Intl.ListFormat(locale, { type: "unit" });
  const done = outcomes.filter(({ refusal }) => refusal === null);
  const refused = outcomes.filter(({ refusal }) => refusal !== null);
  const nameOf = ({ reference }: BulkOutcome) => reference ?? t("list.bulk.hidden");
  const reasonOf = (outcome: BulkOutcome) =>
    outcome.refusal === null ? "" : `${nameOf(outcome)} (${errorMessage(outcome.refusal, locale)})`;
  const texts = [
    t("list.bulk.done", { count: done.length, list: names.format(done.map(nameOf)) }),
    ...(refused.length === 0
      ? []
      : [t("list.bulk.refused", { count: refused.length, list: names.format(refused.map(reasonOf)) })]),
  ];
  return texts.join(" ");
}
