import type { Locale } from "@mgs/core/locale";
import type { Database, Transaction } from "@mgs/db/client";
import { findRoles } from "@mgs/identity/roles/roles.repository";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import type { PrivateThread } from "../contract/threads";
import type { ThreadRow } from "./threads.repository";

/** Makes private threads as the API tells them. @param locale of the reader, for the names of roles */
export async function toThreads(
  database: Database | Transaction,
  rows: readonly (ThreadRow & { isDecided: boolean })[],
  locale: Locale,
): Promise<PrivateThread[]> {
  const ids = new Set(rows.flatMap(({ people }) => people.map(({ userId }) => userId)));
  const names = new Map((await findPeopleRights(database, [...ids])).map(({ id, name }) => [id, name]));
  const isForRoles = rows.some(({ roles }) => roles.length > 0);
  const known = isForRoles ? await findRoles(database) : [];
  return rows.map(({ id, title, roles, people, createdAt, isDecided }) => ({
    ...{ id, title, created_at: createdAt.toISOString(), may_invite: !isDecided },
    roles: known
      .filter(({ slug }) => roles.includes(slug))
      .map(({ slug, nameFr, nameEn }) => ({ slug, name: locale === "fr" ? nameFr : nameEn })),
    people: people.map(({ userId }) => ({ id: userId, name: names.get(userId) ?? "" })),
  }));
}
