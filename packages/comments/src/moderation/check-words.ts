import { AppError } from "@mgs/core/errors";
import type { Transaction } from "@mgs/db/client";
import { foldWords } from "@mgs/records/lists/words";
import { findWords } from "./words.repository";

/** Refuses a text with a word that administrators allow in none; accents and capitals make no difference. @throws AppError VALIDATION_ERROR */
export async function checkWords(tx: Transaction, content: string): Promise<void> {
  const forbidden = new Set(await findWords(tx));
  if (forbidden.size === 0 || !foldWords(content).some((word) => forbidden.has(word))) return;
  throw new AppError("VALIDATION_ERROR", { details: [{ path: "content", message: "FORBIDDEN_WORD" }] });
}
