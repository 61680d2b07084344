import { type Actor, actorKey } from "@mgs/core/actor";
import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import type { Transaction } from "@mgs/db/client";
import { keepAnswer, takeKey } from "./idempotency.repository";

const KEY_TTL_MS = 24 * 60 * 60 * 1_000;
const KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

/** What a repetition is recognized by. */
export type Repetition = {
  /** The header `Idempotency-Key`, or the id that a client gives; undefined: every call takes effect. */
  key: string | undefined;
  /** Tells acts of one caller apart, such as `dossier.open`. */
  act: string;
  /** The request, as it was parsed: another one with the same key is refused. */
  request: unknown;
  now: Date;
};

/**
 * Lets an act take effect once for each key of a caller, for 24 h: a repetition gets the first answer.
 * @param run the act, in the caller's transaction; its answer is JSON
 * @throws AppError VALIDATION_ERROR for a key that no header can have; IDEMPOTENCY_CONFLICT for another request with the key
 */
export async function once<Answer>(
  tx: Transaction,
  actor: Actor,
  { key, act, request, now }: Repetition,
  run: () => Promise<Answer>,
): Promise<{ answer: Answer; repeated: boolean }> {
  if (key === undefined) return { answer: await run(), repeated: false };
  if (!KEY_PATTERN.test(key))
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "Idempotency-Key", message: "INVALID_VALUE" }] });
  const owner = `${actorKey(actor)} ${act}`;
  const requestHash = sha256(JSON.stringify(request));
  const expiresAt = new Date(now.getTime() + KEY_TTL_MS);
  const kept = await takeKey(tx, { owner, key, requestHash, expiresAt }, now);
  if (kept) {
    if (kept.requestHash !== requestHash) throw new AppError("IDEMPOTENCY_CONFLICT");
    return { answer: kept.answer as Answer, repeated: true };
  }
  const answer = await run();
  await keepAnswer(tx, { owner, key }, answer);
  return { answer, repeated: false };
}
