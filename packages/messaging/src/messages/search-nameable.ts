import type { Actor } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import type { Mentionable } from "@mgs/writing/contract/mentions";
import { findMentionable, mentionSearch } from "@mgs/writing/mentions/find-mentionable";
import { z } from "zod";
import { findMembers } from "../conversations/members.repository";
import { requireConversation } from "../conversations/require-conversation";
import type { MessagingDeps } from "../deps";
import { mentionedIn } from "./mentioned";

export const nameableQuery = z.strictObject({ search: mentionSearch });

/**
 * Finds whom a message can name: those who are in its conversation; others have to be added first.
 * @throws AppError VALIDATION_ERROR, and as `requireConversation`
 */
export async function searchNameable(
  deps: MessagingDeps,
  actor: Actor,
  conversationId: string,
  input: unknown,
): Promise<Mentionable[]> {
  const found = await requireConversation(deps, actor, conversationId);
  const { search } = validate(nameableQuery, input);
  const near = (await findMembers(deps.database, found.conversation.id)).map(({ userId }) => userId);
  const named = { search, near, locale: found.user.locale };
  return (await findMentionable(deps.database, mentionedIn(deps, found), named)).filter(({ sees }) => sees);
}
