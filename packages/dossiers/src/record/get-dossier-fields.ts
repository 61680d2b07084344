import type { Actor } from "@mgs/core/actor";
import type { DossierField } from "../contract/dossier-types";
import type { DossierDeps } from "../deps";
import { findType } from "../types/types.repository";
import { getDossier } from "./read-dossier";

/** The fields that a dossier has by its type. @throws AppError DOSSIER_NOT_FOUND */
export async function getDossierFields(deps: DossierDeps, actor: Actor, id: number): Promise<readonly DossierField[]> {
  const { type } = await getDossier(deps, actor, id);
  return (await findType(deps.database, type.id))?.fields ?? [];
}
