import { AppError } from "@mgs/core/errors";
import type { Transaction } from "@mgs/db/client";
import { hasPhrase } from "./forbidden-phrases";
import { findWords } from "./words.repository";

/** Refuses a text with a word or phrase that administrators allow in none. @throws AppError VALIDATION_ERROR */
export async function checkWords(tx: Transaction, content: string): Promise<void> {
  if (!hasPhrase(content, await findWords(tx))) return;
  throw new AppError("VALIDATION_ERROR", { details: [{ path: "content", message: "FORBIDDEN_WORD" }] });
}
