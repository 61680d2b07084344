"use server";

import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { withdrawConsent } from "@mgs/identity/consents/withdraw-consent";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { portal } from "../../../../portal";

/** Takes back the access that the person has given an application. */
export async function withdraw(clientId: string): Promise<ActionResult> {
  return portal.runAction(async ({ actor, locale }) => {
    const input = { userId: actor.userId, clientId: typeof clientId === "string" ? clientId : "" };
    const { client_name: client } = await withdrawConsent(portal.runtime(), actor, input);
    return createTranslator(locale, messagesFor(locale), "consents")("done", { client });
  });
}
