import { isPortal, type Portal } from "@mgs/core/portals";
import { renderNotificationMail } from "@mgs/email/templates/notification";
import { PermanentFailure, Postponed } from "@mgs/jobs/delivery-attempt";
import type { OutboxHandler } from "@mgs/module/outbox";
import { sendMail } from "@mgs/module/send-mail";
import { inboxPath, resolveHref } from "../links";
import { toDelivery } from "../notifications.repository";

/**
 * Sends a notification to its recipient's mailbox, in their language. It sends nothing for a deleted notification or a
 * disabled recipient, and nothing yet to who does not want to be disturbed.
 */
export const emailNotification: OutboxHandler<object> = async (deps, { id, notificationId, row }) => {
  if (notificationId === null) throw new PermanentFailure("a mail needs its notification");
  const notification = toDelivery(notificationId, row);
  if (!notification || notification.deletedAt || notification.recipient.disabledAt) return;
  const quietSeconds = ((await deps.quietUntil(notification.userId))?.getTime() ?? 0) / 1_000 - Date.now() / 1_000;
  if (quietSeconds > 0) throw new Postponed("the recipient does not want to be disturbed", quietSeconds);
  const { source, titre, message, url, recipient } = notification;
  const portal = portalFor(source, deps.portalsOpenTo(recipient));
  const inboxHref = deps.portalUrls[portal] + inboxPath();
  const href = resolveHref(url, source, deps.portalUrls) ?? inboxHref;
  const mail = await renderNotificationMail({ locale: recipient.locale, portal, titre, message, href, inboxHref });
  const to = { name: recipient.name, address: recipient.email };
  await sendMail(deps, { id, from: deps.senderFor(source), to, ...mail });
};

/** Chooses the sending portal, or else one that the recipient may open. */
function portalFor(source: string, open: readonly Portal[]): Portal {
  return isPortal(source) && open.includes(source) ? source : (open[0] ?? "administration");
}
