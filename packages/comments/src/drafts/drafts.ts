import { type Actor, requireUser } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { requireSubject, type Subject } from "@mgs/records/subject";
import { z } from "zod";
import type { CommentDraft } from "../contract/drafts";
import { mentionsInput } from "../mentions/mention-input";
import { readMentionNames } from "../mentions/mention-names";
import { countDrafts, deleteDraft, findDrafts, saveDraft } from "./drafts.repository";

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
  await requireSubject({ database }, actor, subject, subjectId);
  const { userId } = requireUser(actor);
  const rows = await findDrafts(database, { userId, subjectType: subject.type, subjectId }, MAX_DRAFTS);
  const nameOf = await readMentionNames(
    database,
    rows.flatMap(({ mentions }) => mentions),
  );
  return rows.map(({ updatedAt, mentions, ...draft }) => ({
    ...draft,
    mentioned: mentions.map((key) => ({ key, name: nameOf(key) })),
    updated_at: updatedAt.toISOString(),
  }));
}

/**
 * Keeps what a person types, until they send it or empty it; the last write counts.
 * @throws AppError the subject's `missing`, FORBIDDEN for programs, VALIDATION_ERROR, CONFLICT for too many
 */
export async function keepDraft(
  { database, clock }: DraftDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  input: unknown,
): Promise<void> {
  await requireSubject({ database }, actor, subject, subjectId);
  const { userId } = requireUser(actor);
  const { place: at, content, mentions } = validate(draftInput, input);
  const owner = { userId, subjectType: subject.type, subjectId };
  if (content.trim() === "") {
    await deleteDraft(database, owner, at);
    return;
  }
  if ((await countDrafts(database, owner)) > MAX_DRAFTS) throw new AppError("CONFLICT");
  await saveDraft(database, owner, { place: at, content, mentions, updatedAt: clock.now() });
}
