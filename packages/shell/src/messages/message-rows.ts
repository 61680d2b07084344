import type { MessageDto } from "@mgs/messaging/contract/message";
import type { OutboxEntry } from "../outbox/outbox-store";

/** One row of a conversation as it is drawn. */
export type MessageRow =
  | { kind: "day"; key: string; iso: string }
  | { kind: "unread"; key: string }
  /** It has the key that the message will have: the row stays when the message is there. */
  | { kind: "waiting"; key: string; entry: OutboxEntry }
  | {
      kind: "message";
      key: string;
      message: MessageDto;
      /** It follows one of the same author within some minutes: who wrote it need not be said again. */
      isContinued: boolean;
    };

const CONTINUED_WITHIN_MS = 5 * 60_000;

type RowOptions = {
  dayOf: (iso: string) => string;
  unreadFrom: number | null;
  waiting?: readonly OutboxEntry[];
};

/**
 * Arranges messages in rows: the days of their reader between them, and a line above the first that was unread when the page was opened.
 * @param dayOf the day of a time, as its reader counts days
 * @param unreadFrom place of the first unread message; null: there was none
 * @param waiting what the server has not taken yet; it stands behind the messages
 */
export function toMessageRows(
  messages: readonly MessageDto[],
  { dayOf, unreadFrom, waiting = [] }: RowOptions,
): MessageRow[] {
  const rows: MessageRow[] = [];
  let before: MessageDto | undefined;
  for (const message of messages) {
    const isOtherDay = before === undefined || dayOf(before.created_at) !== dayOf(message.created_at);
    if (isOtherDay) rows.push({ kind: "day", key: `day-${dayOf(message.created_at)}`, iso: message.created_at });
    const isFirstUnread = message.place === unreadFrom;
    if (isFirstUnread) rows.push({ kind: "unread", key: "unread" });
    const isContinued = !isOtherDay && !isFirstUnread && before !== undefined && follows(before, message);
    rows.push({ kind: "message", key: message.id, message, isContinued });
    before = message;
  }
  for (const entry of waiting) rows.push({ kind: "waiting", key: entry.id, entry });
  return rows;
}

function follows(before: MessageDto, message: MessageDto): boolean {
  return (
    before.kind === "text" &&
    message.kind === "text" &&
    message.reply_to === null &&
    before.deleted_at === null &&
    before.auteur.id === message.auteur.id &&
    Date.parse(message.created_at) - Date.parse(before.created_at) < CONTINUED_WITHIN_MS
  );
}
