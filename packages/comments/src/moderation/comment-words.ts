import { audit } from "@mgs/audit/audit.repository";
import { type Actor, requireUser } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { requiredText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { requirePermission } from "../permissions";
import { foldPhrase } from "./forbidden-phrases";
import { findWords, replaceWords } from "./words.repository";

const MAX_WORDS = 1_000;
const MAX_WORD_CHARACTERS = 60;

export const wordsInput = z.strictObject({
  words: z
    .array(requiredText(MAX_WORD_CHARACTERS), { error: "INVALID_VALUE" })
    .max(MAX_WORDS, { error: "TOO_MANY" })
    // As comments are compared with them; a line may have several words, which are refused one after the other only.
    .transform((words) => [...new Set(words.map(foldPhrase))].filter((phrase) => phrase !== "").sort()),
});

/** Lists the words and phrases that no comment may have. @throws AppError FORBIDDEN */
export async function listWords({ database }: { database: Database }, actor: Actor): Promise<string[]> {
  requirePermission(actor, "comment-words.manage");
  return findWords(database);
}

/** Makes these the words and phrases that no comment may have; comments that stand are left alone. @throws AppError FORBIDDEN, VALIDATION_ERROR */
export async function saveWords(
  { database, clock }: { database: Database; clock: Clock },
  actor: Actor,
  input: unknown,
): Promise<string[]> {
  requirePermission(actor, "comment-words.manage");
  const { userId } = requireUser(actor);
  const { words } = validate(wordsInput, input);
  await database.$transaction(async (tx) => {
    const { added, removed } = await replaceWords(tx, words, userId, clock.now());
    if (added.length + removed.length === 0) return;
    await audit(tx, { actor, action: "comment-words.changed", details: { added, removed } });
  });
  return words;
}
