"use server";

import { AppError } from "@mgs/core/errors";
import type { SendInput, SentNotification } from "@mgs/notifications/contract/schemas";
import { postNotification } from "@mgs/notifications/contract/send-client";
import { currentLocale } from "@mgs/portal/current-locale";
import { formFailure, sendFailure } from "@mgs/portal/form-failure";
import type { FormResult } from "@mgs/shell/form-result";
import { actionSession, composition, currentSession } from "../../../../composition";

/** The cross-app POST, made here on the server with the person's own token: no token ever reaches a browser. */
export async function send(
  input: SendInput,
  idempotencyKey: string,
  authorId: number,
): Promise<FormResult<SentNotification>> {
  const { auth, runtime } = composition();
  const locale = await currentLocale(currentSession);
  try {
    const { portalSessionId, mayOpen } = await actionSession(authorId);
    if (!mayOpen || portalSessionId === null) throw new AppError("PORTAL_REFUSED");
    const token = await auth.accessTokenOf(portalSessionId);
    const result = await postNotification(runtime.portalUrls.administration, token, input, { idempotencyKey, locale });
    return result.ok ? result : sendFailure(result, locale);
  } catch (error) {
    return formFailure(error, locale, runtime.logger);
  }
}
