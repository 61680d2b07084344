import type { UserActor } from "@mgs/core/actor";
import { namesOf } from "@mgs/identity/users/name-of";
import { visibleDossiers } from "../access.repository";
import { findAssigneeIds } from "../assignees.repository";
import type { PersonRef } from "../contract/dossier";
import type { DossierDeps } from "../deps";

/** A list of choices with more names than this is no list of choices. */
const MAX_ASSIGNEES = 100;

/** People whom open dossiers that the actor sees are assigned to, by name: the choices of the list's filter. */
export async function listAssignees(deps: Pick<DossierDeps, "database">, actor: UserActor): Promise<PersonRef[]> {
  const ids = await findAssigneeIds(deps.database, visibleDossiers(actor), MAX_ASSIGNEES);
  const names = await namesOf(deps.database, ids);
  const collator = new Intl.Collator(actor.locale);
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => collator.compare(a.name, b.name));
}
