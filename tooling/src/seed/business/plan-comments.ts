import { openDiscussionKey } from "@mgs/comments/discussion-keys";
import { FOLLOWERS_MENTION } from "@mgs/writing/contract/mentions";
import { REACTIONS } from "@mgs/writing/contract/reactions";
import { COMMENTS, REPLIES } from "./dossier-types";
import { soonAfter } from "./office-time";
import type { DemoDossier } from "./plan-dossier";
import type { Random } from "./random";
import { ADMINISTRATOR, CASE_WORKERS, nameOf } from "./staff";
import { demoId, type Story } from "./story";

type Comment = Story["comments"][number];

/** Writes what colleagues say to each other on a record: with answers, reactions and names, and here and there an edit or a deletion. */
export function planComments(
  story: Story,
  random: Random,
  subject: { type: "dossier" | "seance"; id: number; authors: readonly number[]; from: Date; until: Date },
  count: number,
): void {
  const key = openDiscussionKey(subject.type, String(subject.id));
  const authors = [...new Set([...subject.authors, ...random.some(CASE_WORKERS, 2)])];
  const span = subject.until.getTime() - subject.from.getTime();
  const times = Array.from(
    { length: count },
    () => new Date(subject.from.getTime() + (span * random.int(1, 999)) / 1_000),
  )
    .map((at) => soonAfter(random, at, 1))
    .filter((at) => at < subject.until)
    .sort((a, b) => a.getTime() - b.getTime());
  const written: Comment[] = [];
  for (const [index, at] of times.entries()) {
    const authorId = random.pick(authors);
    const parent = random.chance(0.25) ? written.findLast(({ parentId }) => parentId === null) : undefined;
    const named = random.chance(0.15) ? authors.find((one) => one !== authorId) : undefined;
    const mentions = named === undefined ? (random.chance(0.03) ? [FOLLOWERS_MENTION] : []) : [String(named)];
    const text = random.pick(parent ? REPLIES : COMMENTS);
    const names = mentions
      .map((one) => (one === FOLLOWERS_MENTION ? "@suiveurs " : `@${nameOf(Number(one))} `))
      .join("");
    const row: Comment = {
      ...{ id: demoId(`comment ${index} of ${key}`, at), subjectType: subject.type, subjectId: String(subject.id) },
      ...{ discussion: key, parentId: parent?.id ?? null, authorId, content: names + text, mentions },
      ...{ createdAt: at, updatedAt: at, place: index + 1, seq: index + 1 },
    };
    written.push(row);
    if (named !== undefined) story.mentions.push({ commentId: row.id, userId: named });
    if (random.chance(0.2))
      story.reactions.push({ commentId: row.id, userId: random.pick(authors), emoji: random.pick(REACTIONS) });
  }
  const last = changeSome(story, random, written);
  story.comments.push(...written);
  if (last > 0) story.heads.push({ stream: "comments", key, seq: last });
}

/** Edits, settles, deletes and reports a few comments. @returns the number of the last change */
function changeSome(story: Story, random: Random, written: Comment[]): number {
  let seq = written.length;
  for (const row of written) {
    const at = soonAfter(random, new Date(row.createdAt ?? 0), 30);
    const fate = random.int(1, 1_000);
    if (fate <= 40) {
      Object.assign(row, { content: `${row.content} (corrigé)`, editedAt: at, updatedAt: at, seq: ++seq });
    } else if (fate <= 90 && row.parentId === null) {
      Object.assign(row, { resolvedAt: at, resolvedBy: row.authorId, updatedAt: at, seq: ++seq });
    } else if (fate > 100 && fate <= 110) {
      Object.assign(row, { deletedAt: at, deletedBy: row.authorId, updatedAt: at, seq: ++seq });
    } else if (fate > 110 && fate <= 115) {
      const reason = "Ton déplacé";
      Object.assign(row, { hiddenAt: at, hiddenBy: ADMINISTRATOR, hiddenReason: reason, updatedAt: at, seq: ++seq });
    } else if (fate > 115 && fate <= 120) {
      story.reports.push({
        commentId: row.id,
        userId: random.pick(CASE_WORKERS),
        reason: "Ce propos vise une personne.",
        reportedAt: at,
      });
    }
  }
  return seq;
}

/** How much is said on a dossier. */
export const commentCount = (random: Random, { state }: DemoDossier): number =>
  state === "nouveau" ? random.int(0, 2) : random.int(1, 9);
