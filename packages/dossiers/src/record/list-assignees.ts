import { type Actor, requireScope, requireUser } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { namesOf } from "@mgs/identity/users/name-of";
import { gatheredDossiers } from "../access.repository";
import { findAssigneeIds } from "../assignees.repository";
import { type ChoicePage, choicesQuery, pageChoices } from "../choices/choices";
import type { PersonRef } from "../contract/dossier";
import type { DossierDeps } from "../deps";

/** More people than work on dossiers in an office: a bound, and no page. */
const MAX_ASSIGNEES = 1_000;

/**
 * People whom open dossiers that the actor sees are assigned to, by name: the choices of the list's filter.
 * @throws AppError FORBIDDEN for programs, INSUFFICIENT_SCOPE, VALIDATION_ERROR
 */
export async function listAssignees(
  { database }: Pick<DossierDeps, "database">,
  actor: Actor,
  input: unknown = {},
): Promise<ChoicePage<PersonRef>> {
  requireScope(actor, "dossiers:read");
  const { locale } = requireUser(actor);
  const query = validate(choicesQuery, input);
  const names = await namesOf(database, await findAssigneeIds(database, gatheredDossiers(actor), MAX_ASSIGNEES));
  const people = [...names].map(([id, name]) => ({ id, name }));
  return pageChoices(people, ({ id }) => String(id), query, locale);
}
