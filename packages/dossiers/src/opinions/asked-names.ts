import type { Locale } from "@mgs/core/locale";
import type { Database, Transaction } from "@mgs/db/client";
import { findRoles } from "@mgs/identity/roles/roles.repository";
import { namesOf } from "@mgs/identity/users/name-of";
import type { Asked } from "../contract/opinions";

/** Who is asked: a person, or else the people of a role. */
export type AskedRow = { askedUserId: number | null; askedRole: string | null };

/** Finds the names of who is asked by some opinions, in a language. @returns what names one of them */
export async function readAskedNames(
  database: Database | Transaction,
  locale: Locale,
  rows: readonly AskedRow[],
): Promise<(row: AskedRow) => Asked> {
  const [names, roles] = await Promise.all([
    namesOf(
      database,
      rows.map(({ askedUserId }) => askedUserId),
    ),
    rows.some(({ askedRole }) => askedRole !== null) ? findRoles(database) : [],
  ]);
  return ({ askedUserId, askedRole }) => {
    if (askedUserId !== null)
      return { kind: "person", id: askedUserId, name: names.get(askedUserId) ?? `${askedUserId}` };
    const slug = askedRole ?? "";
    const role = roles.find((one) => one.slug === slug);
    return { kind: "role", slug, name: role?.[locale === "fr" ? "nameFr" : "nameEn"] ?? slug };
  };
}
