import { isPortal, type Portal } from "@mgs/core/portals";
import type { Role } from "@mgs/core/roles";
import { traced } from "@mgs/core/trace-context";
import { MailError } from "@mgs/email/mail";
import { renderNotificationMail } from "@mgs/email/templates/notification";
import { portalsOpenTo } from "@mgs/identity/permissions";
import { inboxPath, resolveHref } from "@mgs/notifications/links";
import { type Handler, PermanentFailure, Postponed } from "../delivery/handler";

/** Sends a notification to its reader's mailbox, in their language; a deleted one or a disabled reader gets none. */
export const emailNotification: Handler<"notification.email"> = async (deps, { id, notificationId, notification }) => {
  if (notificationId === null) throw new PermanentFailure("a mail needs its notification");
  if (!notification || notification.deletedAt || notification.recipient.disabledAt) return;
  const { source, titre, message, url, recipient } = notification;
  const portal = portalFor(source, recipient);
  const inboxHref = deps.portalUrls[portal] + inboxPath();
  const href = resolveHref(url, source, deps.portalUrls) ?? inboxHref;
  const mail = await renderNotificationMail({ locale: recipient.locale, portal, titre, message, href, inboxHref });
  const to = { name: recipient.name, address: recipient.email };
  try {
    await traced("send mail", { kind: "client" }, () =>
      deps.mailer.send({ id, from: deps.senderFor(source), to, ...mail }),
    );
  } catch (error) {
    throw toFailure(error);
  }
};

/** The sending portal, or one that its reader may open. */
function portalFor(source: string, recipient: { role: Role }): Portal {
  const open = portalsOpenTo(recipient);
  return isPortal(source) && open.includes(source) ? source : (open[0] ?? "administration");
}

function toFailure(error: unknown): unknown {
  if (!(error instanceof MailError)) return error;
  if (error.permanent) return new PermanentFailure(error.message);
  return error.retryAfter === undefined ? error : new Postponed(error.message, error.retryAfter);
}
