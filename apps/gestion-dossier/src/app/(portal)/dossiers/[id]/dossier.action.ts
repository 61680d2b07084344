"use server";

import type { DossierState } from "@mgs/dossiers/contract/states";
import { editDossier } from "@mgs/dossiers/record/edit-dossier";
import { takeStep } from "@mgs/dossiers/record/take-step";
import { tabOfAction } from "@mgs/http/socket-id";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { dossierTexts } from "../../../../features/dossier/dossier-context";
import { portal } from "../../../../portal";

export async function saveDossier(
  dossierId: number,
  body: Readonly<Record<string, unknown>>,
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    await editDossier(portal.runtime(), actor, dossierId, body, tabOfAction(socketId));
    return messagesFor(locale).records.saved;
  });
}

export async function takeDossierStep(
  dossierId: number,
  step: { from: DossierState; to: DossierState; reason: string },
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const options = tabOfAction(socketId);
    const { state } = await takeStep(portal.runtime(), actor, dossierId, step, options);
    const { t, words } = dossierTexts(locale, "UTC");
    return t("steps.done", { state: words(`states.${state}`) });
  });
}
