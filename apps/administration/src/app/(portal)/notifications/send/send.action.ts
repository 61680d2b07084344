"use server";

import { AppError } from "@mgs/core/errors";
import type { SendInput, SentNotification } from "@mgs/notifications/contract/schemas";
import { sendNotification } from "@mgs/notifications/send-notification";
import { sessionActor } from "@mgs/portal-auth/authenticate";
import type { FormResult } from "@mgs/shell/form-result";
import { formFailure } from "@mgs/shell/server/form-failure";
import { composition, requireSession } from "../../../../composition";

/** Administration holds the use case itself; the other portals reach it over HTTP. */
export async function send(input: SendInput, idempotencyKey: string): Promise<FormResult<SentNotification>> {
  const session = await requireSession();
  const { sendDeps, runtime } = await composition();
  try {
    if (!session.mayOpen) throw new AppError("PORTAL_REFUSED");
    const actor = sessionActor(session, "administration");
    const { notification } = await sendNotification(sendDeps, actor, input, { idempotencyKey });
    return { ok: true, data: notification };
  } catch (error) {
    return formFailure(error, session.user.locale, runtime.logger);
  }
}
