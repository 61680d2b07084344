import { AppError } from "@mgs/core/errors";
import type { Transaction } from "@mgs/db/client";
import { lockPerson } from "../people/people.repository";

/**
 * Requires that somebody can take over: another person, whose account is open and stays so until the transaction ends.
 * @throws AppError HAND_OVER_REFUSED
 */
export async function requireSuccessor(tx: Transaction, { from, to }: { from: number; to: number }): Promise<string> {
  const successor = from === to ? null : await lockPerson(tx, to);
  if (!successor || successor.disabledAt) throw new AppError("HAND_OVER_REFUSED");
  return successor.name;
}
