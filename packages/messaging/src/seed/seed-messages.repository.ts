import type { Database, Prisma, Transaction } from "@mgs/db/client";

/** Rows of a demonstration. Conversations have their ids, counted from 1. */
export type MessageSeed = {
  conversations: Prisma.ConversationCreateManyInput[];
  members: Prisma.ConversationMemberCreateManyInput[];
  messages: Prisma.MessageCreateManyInput[];
  messageReactions: Prisma.MessageReactionCreateManyInput[];
  messageMentions: Prisma.MessageMentionCreateManyInput[];
};

/** Tells whether somebody has written already: a demonstration is never mixed with real conversations. */
export async function hasConversations(database: Database | Transaction): Promise<boolean> {
  return (await database.conversation.findFirst({ select: { id: true } })) !== null;
}

/** Writes a demonstration into empty tables; the next conversation gets the id behind it. */
export async function insertMessageSeed(tx: Transaction, seed: MessageSeed): Promise<void> {
  await tx.conversation.createMany({ data: seed.conversations });
  await tx.conversationMember.createMany({ data: seed.members });
  await tx.message.createMany({ data: seed.messages });
  await tx.messageReaction.createMany({ data: seed.messageReactions, skipDuplicates: true });
  await tx.messageMention.createMany({ data: seed.messageMentions });
  await tx.$executeRaw`SELECT setval(pg_get_serial_sequence('conversations', 'id'), (SELECT max(id) FROM conversations))`;
}
