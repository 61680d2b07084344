import type { UserActor } from "@mgs/core/actor";
import { parseUserId } from "@mgs/core/user-id";
import type { PersonRef } from "../contract/dossier";
import type { Asked } from "../contract/opinions";
import type { DossierDeps } from "../deps";
import { ROLE_PREFIX } from "../dossier-filter";
import { readAskedNames } from "../opinions/asked-names";
import { askedKey, listAwaited } from "../opinions/list-awaited";
import { findTypes } from "../types/types.repository";
import { listAssignees } from "./list-assignees";

/** A list of choices with more names than this is no list of choices. */
const MAX_CHOICES = 100;

/** The choices of the filters that are about what an office has itself, by name. */
export type FilterChoices = {
  types: readonly { id: number; name: string }[];
  assignees: readonly PersonRef[];
  asked: readonly Asked[];
};

/**
 * The choices of a list's filters, in the reader's language.
 * @param chosen what the list's address has for them: it has a name also where it is no choice, as the assignee of closed dossiers alone
 * @param asks whether the list offers the filter by who is asked for an opinion
 */
export async function listFilterChoices(
  deps: Pick<DossierDeps, "database">,
  actor: UserActor,
  chosen: Readonly<Record<string, string>>,
  { asks }: { asks: boolean },
): Promise<FilterChoices> {
  const { locale } = actor;
  const [types, assignees, asked, chosenAssignee, chosenAsked] = await Promise.all([
    findTypes(deps.database),
    listAssignees(deps, actor, { limit: MAX_CHOICES }).then(({ items }) => items),
    asks ? listAwaited(deps, actor, { limit: MAX_CHOICES }).then(({ items }) => items) : [],
    nameChosen(deps, actor, chosen.assignee),
    nameChosen(deps, actor, chosen.asked),
  ]);
  const people = chosenAssignee.flatMap((one) => (one.kind === "person" ? [{ id: one.id, name: one.name }] : []));
  return {
    types: types.map(({ id, nameFr, nameEn }) => ({ id, name: locale === "fr" ? nameFr : nameEn })),
    assignees: [...assignees, ...people.filter(({ id }) => assignees.every((one) => one.id !== id))],
    asked: [...asked, ...chosenAsked.filter((one) => asked.every((known) => askedKey(known) !== askedKey(one)))],
  };
}

/** The person or the role that a value of the address stands for; `me` and `nobody` are neither. */
async function nameChosen(
  { database }: Pick<DossierDeps, "database">,
  { locale }: UserActor,
  value = "",
): Promise<Asked[]> {
  const askedUserId = parseUserId(value);
  const askedRole = value.startsWith(ROLE_PREFIX) ? value.slice(ROLE_PREFIX.length) : null;
  if (askedUserId === null && askedRole === null) return [];
  const row = { askedUserId, askedRole };
  return [(await readAskedNames(database, locale, [row]))(row)];
}
