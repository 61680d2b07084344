import type { CommentSeed } from "@mgs/comments/seed/seed-comments.repository";
import { deriveUuidv7 } from "@mgs/core/ids";
import type { DocumentSeed } from "@mgs/documents/seed/seed-documents.repository";
import type { DossierSeed } from "@mgs/dossiers/seed/seed-dossiers.repository";
import type { MessageSeed } from "@mgs/messaging/seed/seed-messages.repository";
import type { RecordSeed } from "@mgs/records/seed/seed-records.repository";

/** A file of the demonstration, with the id of its version. */
export type DemoFile = { versionId: string; name: string; mediaType: string; bytes: Buffer };

/** Everything that the demonstration writes. */
export type Story = DossierSeed &
  CommentSeed &
  DocumentSeed &
  MessageSeed &
  RecordSeed & { absences: { id: string; userId: number; substituteId: number; firstDay: Date; lastDay: Date }[] };

export const emptyStory = (): Story => ({
  ...{ types: [], numbers: [], dossiers: [], people: [], pieces: [], opinions: [], decisions: [], seances: [] },
  ...{ participants: [], threads: [], threadPeople: [], comments: [], reactions: [], mentions: [], reports: [] },
  ...{ words: [], conversations: [], members: [], messages: [], messageReactions: [], messageMentions: [] },
  ...{ documents: [], versions: [], heads: [], changes: [], views: [], absences: [] },
});

/** The same id each time for the same thing, as long as today is the same day. */
export const demoId = (name: string, at: Date): string => deriveUuidv7(`demonstration: ${name}`, at.getTime());

export type DemoChange = {
  at: Date;
  userId: number;
  op: string;
  fields?: Record<string, [unknown, unknown]>;
  details?: Record<string, string | number>;
};

/** Numbers the changes of a record in the order of their times, and writes them into its history. */
export function writeHistory(story: Story, record: { type: string; id: string }, changes: readonly DemoChange[]): void {
  const inOrder = [...changes].sort((a, b) => a.at.getTime() - b.at.getTime());
  inOrder.forEach(({ at, userId, op, fields = {}, details = {} }, index) => {
    const row = { subjectType: record.type, subjectId: record.id, seq: index + 1, at, userId, op };
    story.changes.push({ ...row, actor: `user:${userId}`, fields: fields as object, details });
  });
  story.heads.push({ stream: record.type, key: record.id, seq: inOrder.length });
}
