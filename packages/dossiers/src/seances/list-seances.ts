import { type Actor, requireScope } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { readNumbers } from "@mgs/records/changes/changes.repository";
import { readPage } from "@mgs/records/lists/read-page";
import type { SeanceDto } from "../contract/seance";
import type { DossierDeps } from "../deps";
import { readSeances } from "./read-seance";
import { seanceQuery } from "./seance-input";
import { readSeanceRows, seanceList, visibleSeances } from "./seances.repository";

export type SeancePage = { items: SeanceDto[]; previous: string | null; next: string | null };

/** One page of the sessions that the actor sees. @throws AppError INSUFFICIENT_SCOPE, VALIDATION_ERROR */
export async function listSeances(deps: DossierDeps, actor: Actor, input: unknown): Promise<SeancePage> {
  requireScope(actor, "dossiers:read");
  const { sort, after, before, limit, before_time, search, ...filter } = validate(seanceQuery, input);
  const query = { filter: { ...filter, before: before_time }, search, visible: visibleSeances(actor) };
  const { ids, previous, next } = await readPage(deps.database, seanceList, query, { sort, after, before, limit });
  const versions = await readNumbers(deps.database, "seance", ids);
  const rows = await readSeanceRows(deps.database, ids.map(Number));
  const items = await readSeances(deps.database, deps, actor, rows, ({ id }) => versions.get(String(id)) ?? 0);
  return { items, previous, next };
}
