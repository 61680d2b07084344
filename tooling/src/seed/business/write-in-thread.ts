import { threadKey } from "@mgs/comments/discussion-keys";
import { demoId, type Story } from "./story";

type Line = { authorId: number; content: string; at: Date };

/** Writes what is said in a private thread on a dossier, in the order of the times. */
export function writeInThread(
  story: Story,
  { threadId, dossierId }: { threadId: string; dossierId: number },
  lines: readonly Line[],
): void {
  const discussion = threadKey(threadId);
  lines.forEach(({ authorId, content, at }, index) => {
    const row = {
      id: demoId(`line ${index} of ${threadId}`, at),
      subjectType: "dossier",
      subjectId: String(dossierId),
    };
    const numbers = { place: index + 1, seq: index + 1, createdAt: at, updatedAt: at };
    story.comments.push({ ...row, discussion, threadId, authorId, content, ...numbers });
  });
  if (lines.length > 0) story.heads.push({ stream: "comments", key: discussion, seq: lines.length });
}
