"use server";

import { AppError } from "@mgs/core/errors";
import { sessionActor } from "@mgs/identity/portal-session";
import type { SendInput, SentNotification } from "@mgs/notifications/contract/schemas";
import { notifications } from "@mgs/notifications/module";
import { sendNotification } from "@mgs/notifications/send-notification";
import { currentLocale } from "@mgs/portal/current-locale";
import { toFormFailure } from "@mgs/portal/form-failure";
import type { FormResult } from "@mgs/shell/form-result";
import { actionSession, currentSession, portal } from "../../../../portal";

/** Sends a notification by the use case itself; the other portals call it over HTTP. */
export async function send(
  input: SendInput,
  idempotencyKey: string,
  authorId: number,
): Promise<FormResult<SentNotification>> {
  const runtime = portal.runtime();
  const locale = await currentLocale(currentSession);
  try {
    const session = await actionSession(authorId);
    if (!session.mayOpen) throw new AppError("PORTAL_REFUSED");
    const actor = sessionActor(session, "administration");
    const { notification } = await sendNotification({ ...runtime, ...portal.services(notifications) }, actor, input, {
      idempotencyKey,
    });
    return { ok: true, data: notification };
  } catch (error) {
    return toFormFailure(error, locale, runtime.logger);
  }
}
