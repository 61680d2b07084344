"use server";

import type { DossierState } from "@mgs/dossiers/contract/states";
import { takeStep } from "@mgs/dossiers/record/take-step";
import { tabOfAction } from "@mgs/http/socket-id";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { dossierTexts } from "../../../../features/dossier-list/list-context";
import { portal } from "../../../../portal";

/** Takes a step of a dossier. The use case checks what this gets: an action can be called with anything. */
export async function move(
  dossierId: number,
  step: { from: DossierState; to: DossierState; reason: string },
  socketId: string | undefined,
): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const options = tabOfAction(socketId);
    const { state } = await takeStep(portal.runtime(), actor, Number(dossierId), step, options);
    return dossierTexts(locale, "UTC").t(`states.${state}`);
  });
}
