import { type Actor, requireScope, requireUser } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { visibleDossiers } from "../access.repository";
import { type ChoicePage, choicesQuery, pageChoices } from "../choices/choices";
import type { Asked } from "../contract/opinions";
import type { DossierDeps } from "../deps";
import { ROLE_PREFIX } from "../dossier-filter";
import { findAwaited } from "../figures/awaited.repository";
import { readAskedNames } from "./asked-names";

/** More people and roles than an office asks at a time: a bound, and no page. */
const MAX_AWAITED = 1_000;

/** Who is asked, as the list's filter has it in its address. */
export const askedKey = (asked: Asked): string =>
  asked.kind === "person" ? String(asked.id) : `${ROLE_PREFIX}${asked.slug}`;

/**
 * Of whom opinions on dossiers that the actor sees are waited for, by name: the choices of the list's filter.
 * @throws AppError FORBIDDEN for programs, INSUFFICIENT_SCOPE, VALIDATION_ERROR
 */
export async function listAwaited(
  { database }: Pick<DossierDeps, "database">,
  actor: Actor,
  input: unknown = {},
): Promise<ChoicePage<Asked>> {
  requireScope(actor, "dossiers:read");
  const { locale } = requireUser(actor);
  const query = validate(choicesQuery, input);
  const rows = await findAwaited(database, visibleDossiers(actor), MAX_AWAITED);
  return pageChoices(rows.map(await readAskedNames(database, locale, rows)), askedKey, query, locale);
}
