import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import type { Database } from "@mgs/db/client";
import type { z } from "zod";
import type { peopleBatch } from "./batch-kinds";
import { checkPeopleBatch } from "./check-people-batch";

/**
 * Counts the people whom an act is about to reach, for the question before it; `MAX_COUNTED_REACH` stands for that many or more. It
 * refuses what the start would refuse, so that nobody agrees to an act that cannot be.
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, VALIDATION_ERROR
 */
export async function countPeopleBatch(
  deps: { database: Database; clock: Clock },
  actor: Actor,
  input: z.input<typeof peopleBatch>,
): Promise<number> {
  const { total } = await checkPeopleBatch(deps, actor, input);
  return total;
}
