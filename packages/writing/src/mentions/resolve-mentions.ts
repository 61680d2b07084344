import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Database, Transaction } from "@mgs/db/client";
import { findRoles } from "@mgs/identity/roles/roles.repository";
import { findPeopleOfRole, findPeopleRights, type PersonRights } from "@mgs/identity/users/people-rights.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import type { AccessGrant, Subject, SubjectView } from "@mgs/records/subject";
import { FOLLOWERS_MENTION, ROLE_MENTION } from "../contract/mentions";

/** So many people of one role are told; more would be a circular. */
const MAX_PEOPLE_OF_ROLE = 500;

/** A text that names people, on a record. */
export type MentionedIn = {
  subject: Subject;
  view: SubjectView;
  /** Of these people, those who may read the text, where that is fewer than see the record: a private thread. */
  readersAmong?: ((people: readonly PersonRights[]) => Set<number>) | undefined;
};

/** Keys of mentions, and people who are to be given access. */
export type MentionRequest = { keys: readonly string[]; grant: readonly number[] };

/** Whom a text names, after roles and followers were counted out. */
export type Mentioned = { userIds: number[]; rows: NewOutboxRow[] };

/**
 * Finds whom the mentions of a text mean: of those who may see the record. It is the one service of mentions: every text field that names
 * people asks it. Somebody who is named and may not see the record is given access when the caller asks for it and may grant it.
 * @param grants when, and by which tab, access is given
 * @throws AppError VALIDATION_ERROR for nobody's id or role; the same with `data.without_access` for people who may not see the record, where
 *   `data.may_grant` tells whether the caller may give them access; FORBIDDEN when they ask to and may not
 */
export async function resolveMentions(
  tx: Transaction,
  actor: UserActor,
  { subject, view, readersAmong }: MentionedIn,
  { keys, grant }: MentionRequest,
  grants: Omit<AccessGrant, "userId">,
): Promise<Mentioned> {
  if (keys.length === 0) return { userIds: [], rows: [] };
  const named = await findNamed(tx, keys);
  const groups = [
    ...(await findPeopleOfRoles(tx, keys)),
    ...(keys.includes(FOLLOWERS_MENTION) ? await subject.followers(tx, view.id) : []),
  ];
  const mayRead = await findReaders(tx, { subject, view, readersAmong }, [...named.map(({ id }) => id), ...groups]);
  const without = named.filter(({ id }) => !mayRead.has(id));
  const rows: NewOutboxRow[] = [];
  if (without.length > 0) {
    const mayGrant = view.may.grant && subject.grantAccess !== undefined && readersAmong === undefined;
    if (!without.every(({ id }) => grant.includes(id))) throw withoutAccess(keys, without, mayGrant);
    if (!mayGrant) throw new AppError("FORBIDDEN");
    for (const { id } of without) {
      rows.push(...((await subject.grantAccess?.(tx, actor, view.id, { ...grants, userId: id })) ?? []));
      mayRead.add(id);
    }
  }
  return { userIds: [...mayRead].sort((a, b) => a - b), rows };
}

async function findNamed(tx: Transaction, keys: readonly string[]): Promise<PersonRights[]> {
  const ids = keys.map(Number).filter(Number.isInteger);
  const people = (await findPeopleRights(tx, ids)).filter(({ disabled }) => !disabled);
  const known = new Set(people.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw invalidMention(keys, String(unknown));
  return people;
}

async function findPeopleOfRoles(tx: Transaction, keys: readonly string[]): Promise<number[]> {
  const roles = keys.filter((key) => key.startsWith(ROLE_MENTION));
  if (roles.length === 0) return [];
  const known = new Set((await findRoles(tx)).map(({ slug }) => ROLE_MENTION + slug));
  const ids: number[] = [];
  for (const key of roles) {
    if (!known.has(key)) throw invalidMention(keys, key);
    const people = await findPeopleOfRole(tx, key.slice(ROLE_MENTION.length), MAX_PEOPLE_OF_ROLE);
    ids.push(...people.map(({ id }) => id));
  }
  return ids;
}

/** Of these people, those who may read the text. */
export async function findReaders(
  tx: Database | Transaction,
  { subject, view, readersAmong }: MentionedIn,
  ids: readonly number[],
): Promise<Set<number>> {
  const visible = await subject.visibleTo(tx, view.id, [...new Set(ids)]);
  return readersAmong ? readersAmong(await findPeopleRights(tx, visible)) : new Set(visible);
}

const invalidMention = (keys: readonly string[], key: string): AppError =>
  new AppError("VALIDATION_ERROR", { details: [{ path: `mentions.${keys.indexOf(key)}`, message: "INVALID_CHOICE" }] });

function withoutAccess(keys: readonly string[], people: readonly PersonRights[], mayGrant: boolean): AppError {
  return new AppError("VALIDATION_ERROR", {
    details: people.map(({ id }) => ({ path: `mentions.${keys.indexOf(String(id))}`, message: "NO_ACCESS" })),
    data: { without_access: people.map(({ id, name }) => ({ id, name })), may_grant: mayGrant },
  });
}
