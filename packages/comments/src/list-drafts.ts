import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import type { Database } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { requireSubject, type Subject, type SubjectView } from "@mgs/records/subject";
import { listDrafts } from "@mgs/writing/drafts/drafts";
import { findPlaces } from "./comments.repository";
import type { CommentDraft } from "./contract/drafts";
import { discussionOf } from "./discussion";

type DraftDeps = { database: Database; clock: Clock };

/**
 * Lists what a person has typed among the comments of a record and not sent, on any device, each with the comment that it answers or edits.
 * @throws AppError the subject's `missing`, FORBIDDEN for programs
 */
export async function listCommentDrafts(
  deps: DraftDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
): Promise<CommentDraft[]> {
  const view = await requireSubject(deps, actor, subject, subjectId);
  const drafts = await listDrafts(deps, actor, subject, subjectId);
  const comments = await readComments(deps, actor, subject, view, drafts);
  return drafts.map((draft) => ({ ...draft, comment: comments.get(idOf(draft.place)) ?? null }));
}

const idOf = (place: string): string => place.split(":")[1] ?? "";

/** The comments that drafts answer or edit, of those discussions that the actor may read, by their ids. */
async function readComments(
  { database }: Pick<DraftDeps, "database">,
  actor: Actor,
  subject: Subject,
  view: SubjectView,
  drafts: readonly { place: string }[],
): Promise<Map<string, NonNullable<CommentDraft["comment"]>>> {
  const ids = drafts.filter(({ place }) => /^(reply|edit):/.test(place)).map(({ place }) => idOf(place));
  const rows = await findPlaces(database, { type: subject.type, id: view.id }, ids);
  const readable = new Map<string | null, boolean>([[null, true]]);
  for (const threadId of new Set(rows.map((row) => row.threadId)))
    if (threadId !== null)
      readable.set(
        threadId,
        await discussionOf({ database }, actor, subject, view, threadId).then(
          () => true,
          () => false,
        ),
      );
  const shown = rows.filter(({ threadId }) => readable.get(threadId));
  const people = await findPeopleRights(
    database,
    shown.map(({ authorId }) => authorId),
  );
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return new Map(
    shown.map(({ id, authorId, threadId }) => [id, { id, author: names.get(authorId) ?? "", thread_id: threadId }]),
  );
}
