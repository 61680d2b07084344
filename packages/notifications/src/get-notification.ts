import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { NotificationDto } from "./contract/schemas";
import type { InboxDeps } from "./deps";
import { toDto } from "./dto";
import { readNotification } from "./inbox.repository";
import { parseNotificationId } from "./notification-id";

/** Reads a notification of the caller's own inbox. @throws AppError FORBIDDEN, NOTIFICATION_NOT_FOUND */
export async function getNotification(deps: InboxDeps, actor: Actor, id: string): Promise<NotificationDto> {
  const { userId } = requireUser(actor);
  const row = await readNotification(deps.database, userId, parseNotificationId(id));
  if (!row) throw new AppError("NOTIFICATION_NOT_FOUND");
  return toDto(row, deps.portalUrls);
}
