import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { findRoles } from "@mgs/identity/roles/roles.repository";
import { requirePermission } from "../permissions";

/** The roles whose people can be asked for an opinion, in the reader's language. @throws AppError FORBIDDEN */
export async function listAskableRoles(
  { database }: { database: Database },
  actor: Actor,
): Promise<{ slug: string; name: string }[]> {
  requirePermission(actor, "dossiers.work");
  const locale = actor.kind === "user" ? actor.locale : "fr";
  return (await findRoles(database)).map(({ slug, nameFr, nameEn }) => ({
    slug,
    name: locale === "fr" ? nameFr : nameEn,
  }));
}
