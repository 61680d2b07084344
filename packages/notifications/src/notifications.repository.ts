import type { Locale } from "@mgs/core/locale";
import { isLocale } from "@mgs/core/locale";
import type { RoleRights } from "@mgs/core/roles";
import type { ClaimReading } from "@mgs/jobs/outbox.repository";

/** What the handlers of all channels need: a notification as it is now, with its recipient. */
export type Delivery = {
  id: string;
  userId: number;
  seq: number;
  type: string;
  titre: string;
  message: string;
  url: string | null;
  source: string;
  /** Name of the client `source`; null when it was revoked, or removed. */
  sourceName: string | null;
  createdAt: Date;
  deletedAt: Date | null;
  sender: { id: number; name: string } | null;
  recipient: { email: string; name: string; locale: Locale; disabledAt: Date | null } & RoleRights;
};

/** Lets the statement that claims an outbox row `c` read its notification as well, which saves a round trip. */
export const DELIVERY_READING: ClaimReading = {
  name: "delivery",
  columns: `, n.user_id AS "userId", n.seq, n.type, n.titre, n.message, n.url, n.source, k.name AS "sourceName", n.created_at AS "createdAt",
    n.deleted_at AS "deletedAt", s.id AS "senderId", s.name AS "senderName", u.email, u.name, u.locale, u.role, r.portals,
    u.disabled_at AS "disabledAt"`,
  join: `LEFT JOIN notifications n ON n.id = c.notification_id LEFT JOIN users u ON u.id = n.user_id
    LEFT JOIN roles r ON r.slug = u.role
    LEFT JOIN users s ON s.id = n.sender_id LEFT JOIN clients k ON k.id = n.source AND k.revoked_at IS NULL`,
};

/** Columns of `DELIVERY_READING`; they are null where there is no notification. */
type DeliveryRow = Omit<Delivery, "id" | "userId" | "seq" | "sender" | "recipient"> & {
  userId: number | null;
  seq: string;
  senderId: number | null;
  senderName: string | null;
  email: string;
  name: string;
  locale: string;
  role: string | null;
  portals: string[] | null;
  disabledAt: Date | null;
};

/**
 * Reads the notification out of a claimed row.
 * @param claimed row of a statement with `DELIVERY_READING` @returns null when the notification does not exist any more
 */
export function toDelivery(notificationId: string, claimed: Readonly<Record<string, unknown>>): Delivery | null {
  const row = claimed as DeliveryRow;
  const { userId, senderId, senderName, email, name, locale, role, portals, disabledAt } = row;
  if (userId === null) return null;
  if (!isLocale(locale) || role === null) throw new Error(`user ${userId} has an unknown language or no role`);
  const { type, titre, message, url, source, sourceName, createdAt, deletedAt } = row;
  return {
    id: notificationId,
    ...{ userId, seq: Number(row.seq), type, titre, message, url, source, sourceName, createdAt, deletedAt },
    sender: senderId === null ? null : { id: senderId, name: senderName ?? "" },
    recipient: { email, name, locale, role, portals: portals ?? [], disabledAt },
  };
}
