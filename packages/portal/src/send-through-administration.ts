import { AppError } from "@mgs/core/errors";
import type { SessionSource } from "@mgs/identity/portal-session";
import type { SendInput, SentNotification } from "@mgs/notifications/contract/schemas";
import { postNotification } from "@mgs/notifications/post-notification";
import type { createGuard } from "@mgs/portal-auth/guard";
import type { FormResult } from "@mgs/shell/form-result";
import { currentLocale } from "./current-locale";
import { toFormFailure, toSendFailure } from "./form-failure";
import type { Runtime } from "./runtime";

type ClientPortal = Pick<ReturnType<typeof createGuard>, "currentSession" | "actionSession"> & {
  runtime(): Runtime;
  signIn(): { sessions: SessionSource; accessTokenOf(portalSessionId: string): Promise<string> };
};

/**
 * Makes the cross-app POST of a server action with the person's own token, on the server, so that no token reaches a browser.
 * @param authorId the person for whom the form was rendered
 */
export async function sendThroughAdministration(
  portal: ClientPortal,
  input: SendInput,
  idempotencyKey: string,
  authorId: number,
): Promise<FormResult<SentNotification>> {
  const { portalUrls, logger } = portal.runtime();
  const locale = await currentLocale(portal.currentSession);
  try {
    const { portalSessionId, mayOpen, impersonation } = await portal.actionSession(authorId);
    // The browser's token is the administrator's: it would send in their name.
    if (impersonation) throw new AppError("IMPERSONATION_REFUSED");
    if (!mayOpen || portalSessionId === null) throw new AppError("PORTAL_REFUSED");
    const token = await portal.signIn().accessTokenOf(portalSessionId);
    const result = await postNotification(portalUrls.administration, token, input, { idempotencyKey, locale });
    return result.ok ? result : toSendFailure(result, locale);
  } catch (error) {
    return toFormFailure(error, locale, logger);
  }
}
