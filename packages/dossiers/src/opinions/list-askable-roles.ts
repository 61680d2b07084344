import { type Actor, requireScope, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { holdsPermission } from "@mgs/core/roles";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { findRoles } from "@mgs/identity/roles/roles.repository";
import { type ChoicePage, choicesQuery, pageChoices } from "../choices/choices";

/**
 * The roles whose people can be asked for an opinion, in the reader's language, for who may ask. To read them takes no scope to write.
 * @throws AppError FORBIDDEN, INSUFFICIENT_SCOPE, VALIDATION_ERROR
 */
export async function listAskableRoles(
  { database }: { database: Database },
  actor: Actor,
  input: unknown = {},
): Promise<ChoicePage<{ slug: string; name: string }>> {
  requireScope(actor, "dossiers:read");
  const user = requireUser(actor);
  if (!holdsPermission(user, "dossiers.work")) throw new AppError("FORBIDDEN");
  const query = validate(choicesQuery, input);
  const roles = (await findRoles(database)).map(({ slug, nameFr, nameEn }) => ({
    slug,
    name: user.locale === "fr" ? nameFr : nameEn,
  }));
  return pageChoices(roles, ({ slug }) => slug, query, user.locale);
}
