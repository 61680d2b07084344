import { type Actor, requireUser } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { type InboxPage, listQuery } from "./contract/schemas";
import type { InboxDeps } from "./deps";
import { toDto } from "./dto";
import { readInboxPage } from "./inbox.repository";

/**
 * Lists a page of the caller's own inbox, newest first.
 * @param input `listQuery` of the contract
 * @throws AppError FORBIDDEN, VALIDATION_ERROR
 */
export async function listInbox(deps: InboxDeps, actor: Actor, input: unknown = {}): Promise<InboxPage> {
  const { userId } = requireUser(actor);
  const { filter, cursor, limit } = validate(listQuery, input);
  const { rows, state } = await readInboxPage(deps.database, userId, { filter, cursor, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  return {
    items: shown.map((row) => toDto(row, deps.portalUrls)),
    next_cursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    ...state,
  };
}
