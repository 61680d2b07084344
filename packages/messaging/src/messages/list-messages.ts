import type { Actor } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { readNumber } from "@mgs/records/changes/changes.repository";
import type { MessageChanges, MessagePage } from "../contract/message";
import { requireConversation } from "../conversations/require-conversation";
import type { MessagingDeps } from "../deps";
import { toMessageDtos } from "./message-dto";
import { messageChangesQuery, messagesQuery } from "./message-input";
import { findChangedAfter, findStretch, MESSAGE_STREAM, type MessageRow } from "./messages.repository";

/** A client that has missed more reads the conversation anew, which costs less. */
const MAX_CHANGES = 200;

type Reading = Pick<MessagingDeps, "database" | "subjects" | "attachmentsIn">;

/**
 * Lists messages, the oldest first: the newest ones, those before or after a place, or those on both sides of it. The way from any of them to
 * the next is by a place, so that a page of a hundred thousand messages costs what one of a hundred does.
 * @throws AppError VALIDATION_ERROR, and as `requireConversation`
 */
export async function listMessages(
  deps: Reading,
  actor: Actor,
  conversationId: string | number,
  input: unknown,
): Promise<MessagePage> {
  const found = await requireConversation(deps, actor, conversationId);
  const { limit, before, after, around } = validate(messagesQuery, input);
  const { id } = found.conversation;
  const from = Number(found.member.fromPlace);
  // The number first: a message that comes between the two is in the page, and asked for once more.
  const seq = await readNumber(deps.database, MESSAGE_STREAM, String(id));
  const read = async (stretch: { before?: number; after?: number }, wanted: number): Promise<Stretch> => {
    const rows = await findStretch(deps.database, id, { from, ...stretch, limit: wanted + 1 });
    return { rows: rows.slice(0, wanted), more: rows.length > wanted };
  };
  const half = Math.ceil(limit / 2);
  const [older, newer] =
    around !== undefined
      ? await Promise.all([read({ before: around }, half), read({ after: Math.max(around - 1, 0) }, half)])
      : after !== undefined
        ? [{ rows: [], more: after > from }, await read({ after }, limit)]
        : [await read(before === undefined ? {} : { before }, limit), { rows: [], more: before !== undefined }];
  const messages = await toMessageDtos(deps, found, [...older.rows.toReversed(), ...newer.rows]);
  return {
    messages,
    older: older.more ? (messages[0]?.place ?? null) : null,
    newer: newer.more ? (messages.at(-1)?.place ?? null) : null,
    seq,
  };
}

/** Messages on one side of a place, and whether more stand behind them. */
type Stretch = { rows: MessageRow[]; more: boolean };

/**
 * Lists the messages that changed after number `after`: what a client missed while it was away.
 * @throws AppError as {@link listMessages}
 */
export async function listMessageChanges(
  deps: Reading,
  actor: Actor,
  conversationId: string,
  input: unknown,
): Promise<MessageChanges> {
  const found = await requireConversation(deps, actor, conversationId);
  const { after } = validate(messageChangesQuery, input);
  const { id } = found.conversation;
  const seq = await readNumber(deps.database, MESSAGE_STREAM, String(id));
  const stretch = { from: Number(found.member.fromPlace), after, limit: MAX_CHANGES + 1 };
  const rows = await findChangedAfter(deps.database, id, stretch);
  if (rows.length > MAX_CHANGES || after > seq) return { reset: true, upserts: [], tombstones: [], seq };
  const upserts = await toMessageDtos(deps, found, rows);
  const tombstones = upserts.filter(({ deleted_at }) => deleted_at !== null).map(({ id: one }) => one);
  return { reset: false, upserts, tombstones, seq: Math.max(seq, upserts.at(-1)?.seq ?? 0) };
}
