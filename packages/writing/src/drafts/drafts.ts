import { type Actor, requireUser } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { requireSubject, type Subject } from "@mgs/records/subject";
import { z } from "zod";
import type { TextDraft } from "../contract/drafts";
import { mentionsInput } from "../mentions/mention-input";
import { readMentionNames } from "../mentions/mention-names";
import { countDraftsBeside, deleteDraft, findDrafts, saveDraft } from "./drafts.repository";

type DraftDeps = { database: Database; clock: Clock };

/** A draft may be longer than what can be sent: it is still being cut down. */
export const MAX_DRAFT_CHARACTERS = 10_000;
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
): Promise<TextDraft[]> {
  await requireSubject({ database }, actor, subject, subjectId);
  const { userId } = requireUser(actor);
  const rows = await findDrafts(database, { userId, subjectType: subject.type, subjectId }, MAX_DRAFTS);
  const nameOf = await readMentionNames(
    database,
    rows.flatMap(({ mentions }) => mentions),
  );
  return rows.map(({ updatedAt, mentions, version, ...draft }) => ({
    ...draft,
    version: Number(version),
    mentioned: mentions.map((key) => ({ key, name: nameOf(key, draft.content) })),
    updated_at: updatedAt.toISOString(),
  }));
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
