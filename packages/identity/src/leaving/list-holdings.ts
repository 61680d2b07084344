import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import type { Holdings } from "@mgs/module/holdings";
import { findPersonRow } from "../people/people.repository";
import { requirePermission } from "../permissions";

/** What is held is counted no further. */
export const MAX_COUNTED_HOLDINGS = 10_000;
const MAX_EXAMPLES = 5;

export type Holding = { name: string; count: number; examples: readonly { id: string; title: string }[] };

/** What a person holds in each domain, with the latest of it. @throws AppError FORBIDDEN, USER_NOT_FOUND */
export async function listHoldings(
  deps: { database: Database; holdings: readonly Holdings[] },
  actor: Actor,
  userId: number,
): Promise<Holding[]> {
  requirePermission(actor, "accounts.manage");
  if (!(await findPersonRow(deps.database, userId))) throw new AppError("USER_NOT_FOUND");
  return Promise.all(
    deps.holdings.map(async ({ name, count, list }) => ({
      name,
      count: await count(deps.database, userId, MAX_COUNTED_HOLDINGS),
      examples: await list(deps.database, userId, MAX_EXAMPLES),
    })),
  );
}
