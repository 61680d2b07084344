import { type Actor, requireUser } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { changesQuery, type InboxChanges } from "./contract/schemas";
import type { InboxDeps } from "./deps";
import { toDto } from "./dto";
import { readChanges } from "./inbox.repository";

/** A client that missed more starts over: it would fetch its first page anyway. */
const MOST_CHANGES = 200;

/**
 * What happened to one's inbox after number `after`.
 * @param input `changesQuery` of the contract
 * @throws AppError FORBIDDEN, VALIDATION_ERROR
 */
export async function listChanges(deps: InboxDeps, actor: Actor, input: unknown): Promise<InboxChanges> {
  const { userId } = requireUser(actor);
  const { after } = validate(changesQuery, input);
  const { rows, state, floor } = await readChanges(deps.database, userId, after, MOST_CHANGES + 1);
  if (rows.length > MOST_CHANGES || after < floor || after > state.seq)
    return { reset: true, upserts: [], tombstones: [], ...state };
  return {
    reset: false,
    upserts: rows.filter((row) => row.deletedAt === null).map((row) => toDto(row, deps.portalUrls)),
    tombstones: rows.filter((row) => row.deletedAt !== null).map((row) => row.id),
    ...state,
  };
}
