import type { Locale } from "@mgs/core/locale";
import { isLocale } from "@mgs/core/locale";
import type { Database } from "@mgs/db/client";
import { prepared } from "@mgs/db/prepared";

/** What a delivery needs, whatever the channel. */
export type Delivery = {
  id: string;
  userId: number;
  seq: number;
  type: string;
  titre: string;
  message: string;
  url: string | null;
  source: string;
  createdAt: Date;
  deletedAt: Date | null;
  sender: { id: number; name: string } | null;
  recipient: { email: string; name: string; locale: Locale; disabledAt: Date | null };
};

const FIND_FOR_DELIVERY = {
  name: "find-for-delivery",
  text: `SELECT n.id, n.user_id AS "userId", n.seq, n.type, n.titre, n.message, n.url, n.source,
      n.created_at AS "createdAt", n.deleted_at AS "deletedAt", s.id AS "senderId", s.name AS "senderName",
      u.email, u.name, u.locale, u.disabled_at AS "disabledAt"
    FROM notifications n JOIN users u ON u.id = n.user_id LEFT JOIN users s ON s.id = n.sender_id WHERE n.id = $1`,
};

type DeliveryRow = Omit<Delivery, "sender" | "recipient" | "seq"> & {
  seq: string;
  senderId: number | null;
  senderName: string | null;
  email: string;
  name: string;
  locale: string;
  disabledAt: Date | null;
};

/** A notification as it is now, with its recipient; null when it is gone for good. */
export async function findForDelivery(database: Database, notificationId: string): Promise<Delivery | null> {
  const row = (await prepared<DeliveryRow>(database, FIND_FOR_DELIVERY, [notificationId]))[0];
  if (!row) return null;
  const { seq, senderId, senderName, email, name, locale, disabledAt, ...rest } = row;
  if (!isLocale(locale)) throw new Error(`user ${row.userId} has an unknown language`);
  return {
    ...rest,
    seq: Number(seq),
    sender: senderId === null ? null : { id: senderId, name: senderName ?? "" },
    recipient: { email, name, locale, disabledAt },
  };
}
