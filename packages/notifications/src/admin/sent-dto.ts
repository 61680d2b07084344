import type { DeliveryRow, SentDetail, SentRow } from "./sent.repository";
import type { SentState } from "./sent-filter";

/** A delivery of a notification on one channel. Times are ISO 8601. */
export type SentDelivery = {
  id: string;
  channel: "email" | "broadcast";
  /** `retrying`: an attempt has failed, and another one will follow. */
  state: "pending" | "retrying" | "sent" | "dead";
  attempts: number;
  next_attempt_at: string | null;
  finished_at: string | null;
  last_error: string | null;
};

/** A notification as the administrators' list shows it. */
export type SentItem = {
  id: string;
  type: string;
  titre: string;
  source: string;
  created_at: string;
  recipient: { id: number; name: string; email: string };
  sender: { id: number; name: string } | null;
  read_at: string | null;
  archived_at: string | null;
  deleted_at: string | null;
  state: SentState;
  /** Empty a day after the last delivery, when the outbox deletes its rows. */
  deliveries: readonly SentDelivery[];
};

export type SentDetailItem = SentItem & { message: string; url: string | null };

function toDelivery(row: DeliveryRow): SentDelivery {
  const open = row.state === "pending" || row.state === "leased";
  const retrying = row.state === "pending" && row.attempts > 0;
  return {
    id: row.id,
    channel: row.channel,
    state: retrying ? "retrying" : open ? "pending" : row.state === "dead" ? "dead" : "sent",
    attempts: row.attempts,
    next_attempt_at: retrying ? row.availableAt.toISOString() : null,
    finished_at: row.finishedAt?.toISOString() ?? null,
    last_error: row.lastError,
  };
}

function stateOf(deliveries: readonly SentDelivery[]): SentState {
  if (deliveries.some(({ state }) => state === "dead")) return "failed";
  return deliveries.every(({ state }) => state === "sent") ? "delivered" : "pending";
}

export function toSentItem(row: SentRow, rows: readonly DeliveryRow[]): SentItem {
  const deliveries = rows.filter(({ notificationId }) => notificationId === row.id).map(toDelivery);
  return {
    id: row.id,
    type: row.type,
    titre: row.titre,
    source: row.source,
    created_at: row.createdAt.toISOString(),
    recipient: { id: row.recipientId, name: row.recipientName, email: row.recipientEmail },
    sender: row.senderId === null ? null : { id: row.senderId, name: row.senderName ?? "" },
    read_at: row.readAt?.toISOString() ?? null,
    archived_at: row.archivedAt?.toISOString() ?? null,
    deleted_at: row.deletedAt?.toISOString() ?? null,
    state: stateOf(deliveries),
    deliveries,
  };
}

export function toSentDetail(row: SentDetail, rows: readonly DeliveryRow[]): SentDetailItem {
  return { ...toSentItem(row, rows), message: row.message, url: row.url };
}
