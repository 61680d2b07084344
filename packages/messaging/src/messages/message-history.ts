import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { MessagingDeps } from "../deps";
import { requirePermission } from "../permissions";
import { findVersions } from "./messages.repository";
import { requireMessage } from "./require-message";

/** What a message said, until when. */
export type MessageVersion = { version: number; content: string; replaced_at: string };

/**
 * Lists what a message said before it was edited or deleted, for those with the right to, in a conversation that they are in. The trail notes
 * that they have read it.
 * @throws AppError FORBIDDEN, MESSAGE_NOT_FOUND, and as `requireConversation`
 */
export async function listMessageVersions(
  deps: MessagingDeps,
  actor: Actor,
  conversationId: string,
  messageId: string,
): Promise<MessageVersion[]> {
  requirePermission(actor, "messages.read-history");
  const { row } = await requireMessage(deps, actor, conversationId, messageId);
  await deps.database.$transaction((tx) =>
    audit(tx, { actor, action: "message.history-read", subject: row.id, userId: row.authorId }),
  );
  const versions = await findVersions(deps.database, row.id);
  return versions.map(({ version, content, replacedAt }) => ({
    ...{ version, content, replaced_at: replacedAt.toISOString() },
  }));
}
