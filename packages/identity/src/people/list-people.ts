import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { readPage } from "@mgs/records/lists/read-page";
import { isImpersonable } from "../impersonation/permissions";
import { isMasterOf, requirePermission } from "../permissions";
import { findPersonRow, peopleList, peopleQuery, readPeopleRows } from "./people.repository";
import { listPeopleInput, type PeopleSort } from "./people-filter";
import { type Person, toPerson } from "./person-dto";

export type PeoplePage = { items: Person[]; previous: string | null; next: string | null };

/**
 * One page of the people that pass the filter. Pages go on from a value, so the last costs what the first does.
 * @throws AppError FORBIDDEN, VALIDATION_ERROR
 */
export async function listPeople(deps: { database: Database }, actor: Actor, input: unknown = {}): Promise<PeoplePage> {
  requirePermission(actor, "accounts.read");
  return readPeoplePage(deps.database, input);
}

/** The same for callers of the API, who may do nothing else with people. @throws AppError FORBIDDEN, INSUFFICIENT_SCOPE, VALIDATION_ERROR */
export async function servePeople(deps: { database: Database }, actor: Actor, input: unknown): Promise<PeoplePage> {
  requirePermission(actor, "people.read");
  return readPeoplePage(deps.database, input);
}

async function readPeoplePage(database: Database, input: unknown): Promise<PeoplePage> {
  const { sort, after, before, limit, ...filter } = validate(listPeopleInput, input);
  const { ids, previous, next } = await readPage(database, peopleList, peopleQuery(filter), {
    sort,
    after,
    before,
    limit,
  });
  const rows = await readPeopleRows(database, ids.map(Number));
  return { items: rows.map(toPerson), previous, next };
}

export type { PeopleSort };

/** One person, and whether the actor may manage them, or act in their name. @throws AppError FORBIDDEN, USER_NOT_FOUND */
export async function showPerson(
  deps: { database: Database },
  actor: Actor,
  userId: number,
): Promise<Person & { manageable: boolean; impersonable: boolean }> {
  requirePermission(actor, "accounts.read");
  const row = isUserId(userId) ? await findPersonRow(deps.database, userId) : null;
  if (!row) throw new AppError("USER_NOT_FOUND");
  const manageable = isMasterOf(actor, row);
  const isSelf = actor.kind === "user" && actor.userId === row.id;
  return { ...toPerson(row), manageable, impersonable: manageable && !isSelf && isImpersonable(row) };
}
