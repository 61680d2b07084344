import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import type { z } from "zod";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { peopleBatch } from "./batch-kinds";
import { countReach } from "./count-reach";

/**
 * Counts the people whom an act is about to reach, for the question before it; `MAX_COUNTED_REACH` stands for that many or more. It refuses what the
 * start would refuse, so that nobody agrees to an act that cannot be.
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, VALIDATION_ERROR
 */
export async function countPeopleBatch(
  deps: { database: Database; clock: Clock },
  actor: Actor,
  input: z.input<typeof peopleBatch>,
): Promise<number> {
  requirePermission(actor, "accounts.manage");
  await requireFreshProof(deps, actor);
  const batch = validate(peopleBatch, input);
  if (batch.act === "change-role" && batch.role === undefined)
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "role", message: "INVALID_CHOICE" }] });
  return countReach(deps.database, batch);
}
