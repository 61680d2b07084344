import { type Actor, requireUser } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { requireSubject, type Subject, type SubjectView } from "@mgs/records/subject";
import { z } from "zod";
import { findPlaces } from "../comments.repository";
import type { CommentDraft } from "../contract/drafts";
import { discussionOf } from "../discussion";
import { mentionsInput } from "../mentions/mention-input";
import { readMentionNames } from "../mentions/mention-names";
import { countDraftsBeside, deleteDraft, findDrafts, saveDraft } from "./drafts.repository";

type DraftDeps = { database: Database; clock: Clock };

/** A draft may be longer than a comment: it is still being cut down. */
const MAX_DRAFT_CHARACTERS = 4_000;
const MAX_DRAFTS = 100;

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
/** Where a draft is written: the open discussion, a private thread, the answer to a comment, or the edit of one. */
const place = z.string({ error: "INVALID_TEXT" }).regex(new RegExp(`^((thread|reply|edit):${UUID})?$`), {
  error: "INVALID_VALUE",
});

export const draftInput = z.strictObject({
  place: place.default(""),
  /** Empty: the draft is no longer needed. */
  content: z
    .string({ error: "INVALID_TEXT" })
    .refine(isStorableText, { error: "INVALID_TEXT" })
    .refine((text) => Array.from(text).length <= MAX_DRAFT_CHARACTERS, { error: "TOO_LONG" }),
  mentions: mentionsInput.default([]),
  /** Names one field of one page. With it a draft that another field has changed since `version` is not overwritten. */
  writer: z.uuid({ error: "INVALID_VALUE" }).optional(),
  /** The version that the writer has seen; 0: none. */
  version: z.int({ error: "INVALID_VALUE" }).min(0, { error: "INVALID_VALUE" }).default(0),
});

/**
 * Lists what a person has typed on a record and not sent, on any device.
 * @throws AppError the subject's `missing`, FORBIDDEN for programs
 */
export async function listDrafts(
  { database }: DraftDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
): Promise<CommentDraft[]> {
  const view = await requireSubject({ database }, actor, subject, subjectId);
  const { userId } = requireUser(actor);
  const rows = await findDrafts(database, { userId, subjectType: subject.type, subjectId }, MAX_DRAFTS);
  const nameOf = await readMentionNames(
    database,
    rows.flatMap(({ mentions }) => mentions),
  );
  const comments = await readComments({ database }, actor, subject, view, rows);
  return rows.map(({ updatedAt, mentions, version, ...draft }) => ({
    ...draft,
    comment: comments.get(idOf(draft.place)) ?? null,
    version: Number(version),
    mentioned: mentions.map((key) => ({ key, name: nameOf(key, draft.content) })),
    updated_at: updatedAt.toISOString(),
  }));
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

/**
 * Keeps what a person types, until they send it or empty it. Versions decide between devices, since their clocks may be wrong: who names
 * themself as a writer does not overwrite what another has typed meanwhile. An emptied draft is never such a conflict.
 * @returns the draft's version; null when it was emptied
 * @throws AppError the subject's `missing`, FORBIDDEN for programs, VALIDATION_ERROR, CONFLICT for too many, EDIT_CONFLICT for a draft that
 *   was changed since
 */
export async function keepDraft(
  { database, clock }: DraftDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  input: unknown,
): Promise<{ version: number } | null> {
  await requireSubject({ database }, actor, subject, subjectId);
  const { userId } = requireUser(actor);
  const { place: at, content, mentions, writer = "", version: base } = validate(draftInput, input);
  const owner = { userId, subjectType: subject.type, subjectId };
  if (content.trim() === "") {
    await deleteDraft(database, owner, at, { writer, base });
    return null;
  }
  if ((await countDraftsBeside(database, owner, at)) >= MAX_DRAFTS) throw new AppError("CONFLICT");
  const draft = { place: at, content, mentions, updatedAt: clock.now() };
  const version = await saveDraft(database, owner, draft, { writer, base });
  if (version === null) throw new AppError("EDIT_CONFLICT");
  return { version };
}
