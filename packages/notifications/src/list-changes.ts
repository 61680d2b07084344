import { type Actor, requireUser } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { changesQuery, type InboxChanges } from "./contract/schemas";
import type { InboxDeps } from "./deps";
import { toDto } from "./dto";
import { readChanges } from "./inbox.repository";

/** A client that has missed more changes starts over and fetches the first page, which costs less. */
const MAX_CHANGES = 200;

/**
 * Lists the changes of the caller's inbox after number `after`.
 * @param input `changesQuery` of the contract
 * @throws AppError FORBIDDEN, VALIDATION_ERROR
 */
export async function listChanges(deps: InboxDeps, actor: Actor, input: unknown): Promise<InboxChanges> {
  const { userId } = requireUser(actor);
  const { after } = validate(changesQuery, input);
  const { rows, state, floor } = await readChanges(deps.database, userId, after, MAX_CHANGES + 1);
  if (rows.length > MAX_CHANGES || after < floor || after > state.seq)
    return { reset: true, upserts: [], tombstones: [], ...state };
  return {
    reset: false,
    upserts: rows.filter((row) => row.deletedAt === null).map((row) => toDto(row, deps.portalUrls)),
    tombstones: rows.filter((row) => row.deletedAt !== null).map((row) => row.id),
    ...state,
  };
}
