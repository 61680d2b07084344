import type { UserActor } from "@mgs/core/actor";
import { visibleDossiers } from "../access.repository";
import type { Asked } from "../contract/opinions";
import type { DossierDeps } from "../deps";
import { findAwaited } from "../figures/awaited.repository";
import { readAskedNames } from "./asked-names";

/** A list of choices with more names than this is no list of choices. */
const MAX_AWAITED = 100;

/** Of whom opinions on dossiers that the actor sees are waited for, by name: the choices of the list's filter. */
export async function listAwaited(deps: Pick<DossierDeps, "database">, actor: UserActor): Promise<Asked[]> {
  const rows = await findAwaited(deps.database, visibleDossiers(actor), MAX_AWAITED);
  const collator = new Intl.Collator(actor.locale);
  return rows
    .map(await readAskedNames(deps.database, actor.locale, rows))
    .sort((a, b) => collator.compare(a.name, b.name));
}
