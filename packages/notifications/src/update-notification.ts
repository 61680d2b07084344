import { type Actor, refuseWhileImpersonating, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { type InboxState, type UpdateInput, updateInput } from "./contract/schemas";
import type { InboxDeps } from "./deps";
import { type NotificationMarks, readMarks, writeMarks } from "./inbox.repository";
import { changeInbox } from "./inbox-change";
import { parseNotificationId } from "./notification-id";

/**
 * Marks a notification read, unread, archived or not archived. A mark that it already has changes nothing.
 * @param input `updateInput` of the contract
 * @throws AppError FORBIDDEN, VALIDATION_ERROR, NOTIFICATION_NOT_FOUND
 */
export async function updateNotification(
  deps: InboxDeps,
  actor: Actor,
  id: string,
  input: unknown,
): Promise<InboxState> {
  refuseWhileImpersonating(actor);
  const { userId } = requireUser(actor);
  const changes = validate(updateInput, input);
  const notificationId = parseNotificationId(id);
  return changeInbox(deps, userId, async (tx) => {
    const before = await readMarks(tx, userId, notificationId);
    if (!before) throw new AppError("NOTIFICATION_NOT_FOUND");
    const after = applyMarks(before, changes, new Date());
    if (after.readAt === before.readAt && after.archivedAt === before.archivedAt) return null;
    const unreadChange = Number(isUnread(after)) - Number(isUnread(before));
    const state = await writeMarks(tx, userId, notificationId, after, unreadChange);
    return { state, op: "updated", ids: [notificationId] };
  });
}

/** The count leaves archived notifications out, read or not. */
export function isUnread({ readAt, archivedAt }: NotificationMarks): boolean {
  return readAt === null && archivedAt === null;
}

function applyMarks(marks: NotificationMarks, { read, archived }: UpdateInput, now: Date): NotificationMarks {
  const mark = (current: Date | null, requested: boolean | undefined): Date | null => {
    if (requested === undefined) return current;
    return requested ? (current ?? now) : null;
  };
  return { readAt: mark(marks.readAt, read), archivedAt: mark(marks.archivedAt, archived) };
}
