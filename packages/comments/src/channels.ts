import { UUID_PATTERN } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import type { ChannelRule } from "@mgs/realtime/authorize-channel";
import type { Subject } from "@mgs/records/subject";
import { isThreadMember, withMembers } from "./threads/thread-members";
import { findThread } from "./threads/threads.repository";

/** The channel of a private thread, without `private-`. */
export const threadChannel = (threadId: string): string => `comment-thread.${threadId}`;

/** The channels of private threads: for those who take part, as long as they see the record. */
export const commentChannels = (subjects: readonly Subject[]): readonly ChannelRule<{ database: Database }>[] =>
  [...new Set(subjects.map(({ scopes }) => scopes.read))].map((scope) => ({
    ...{ pattern: `private-${threadChannel("{id}")}`, scope, clientEvents: false },
    async authorize({ database }, actor, id) {
      const thread = UUID_PATTERN.test(id) ? await findThread(database, id) : null;
      const subject = subjects.find(({ type }) => type === thread?.subjectType);
      if (!thread || subject?.scopes.read !== scope) return false;
      const today = await withMembers(database, subject, thread);
      if (!isThreadMember(today, { ...actor, id: actor.userId })) return false;
      return (await subject.find({ database }, actor, thread.subjectId)) !== null || false;
    },
  }));
