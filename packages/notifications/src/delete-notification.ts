import { type Actor, refuseWhileImpersonating, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { InboxState } from "./contract/schemas";
import type { InboxDeps } from "./deps";
import { readMarks, writeTombstone } from "./inbox.repository";
import { changeInbox } from "./inbox-change";
import { parseNotificationId } from "./notification-id";
import { isUnread } from "./update-notification";

/** Deletes a notification's text and leaves a tombstone, from which other pages learn of the deletion. @throws AppError FORBIDDEN, NOTIFICATION_NOT_FOUND */
export async function deleteNotification(deps: InboxDeps, actor: Actor, id: string): Promise<InboxState> {
  refuseWhileImpersonating(actor);
  const { userId } = requireUser(actor);
  const notificationId = parseNotificationId(id);
  return changeInbox(deps, userId, async (tx) => {
    const marks = await readMarks(tx, userId, notificationId);
    if (!marks) throw new AppError("NOTIFICATION_NOT_FOUND");
    const state = await writeTombstone(tx, userId, notificationId, isUnread(marks) ? -1 : 0);
    return { state, op: "deleted", ids: [notificationId] };
  });
}
