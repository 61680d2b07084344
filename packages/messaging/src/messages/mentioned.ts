import type { Transaction } from "@mgs/db/client";
import type { SubjectView } from "@mgs/records/subject";
import { type MentionedIn, resolveMentions } from "@mgs/writing/mentions/resolve-mentions";
import { conversationSubject } from "../conversations/conversation-subject";
import type { Conversing } from "../conversations/require-conversation";
import type { MessagingDeps } from "../deps";

/** The place of a message's mentions: those who are in the conversation read it. */
export function mentionedIn(deps: Pick<MessagingDeps, "subjects">, { conversation }: Conversing): MentionedIn {
  const view: SubjectView = {
    ...{ id: String(conversation.id), title: conversation.name, path: "/", version: 0 },
    may: { comment: true, attach: true, grant: false },
  };
  return { subject: conversationSubject(deps), view };
}

/**
 * Finds whom the mentions of a message mean: of those who are in the conversation, its author left out.
 * @throws AppError VALIDATION_ERROR for nobody's id or role, and with `data.without_access` for people who are not in it
 */
export async function resolveNamed(
  tx: Transaction,
  deps: MessagingDeps,
  found: Conversing,
  keys: readonly string[],
): Promise<number[]> {
  const { user } = found;
  const { userIds } = await resolveMentions(
    tx,
    user,
    mentionedIn(deps, found),
    { keys, grant: [] },
    { at: deps.clock.now() },
  );
  return userIds.filter((id) => id !== user.userId);
}
