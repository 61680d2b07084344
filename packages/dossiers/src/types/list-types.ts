import { type Actor, requireScope, requireUser } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import type { DossierTypeDto } from "../contract/dossier-types";
import { can } from "../permissions";
import { type DossierTypeRow, findTypes } from "./types.repository";

/** The types of dossiers by name, for everybody who may open one; archived ones too for whoever defines them. @throws AppError FORBIDDEN, INSUFFICIENT_SCOPE */
export async function listTypes({ database }: { database: Database }, actor: Actor): Promise<DossierTypeDto[]> {
  requireScope(actor, "dossiers:read");
  requireUser(actor);
  const rows = await findTypes(database);
  const all = can(actor, "dossier-types.manage");
  return rows.filter(({ archivedAt }) => all || archivedAt === null).map(toTypeDto);
}

export function toTypeDto(row: DossierTypeRow): DossierTypeDto {
  return {
    id: row.id,
    name: { fr: row.nameFr, en: row.nameEn },
    fields: row.fields,
    pieces: row.pieces,
    due_working_days: row.dueWorkingDays,
    default_assignee_id: row.defaultAssigneeId,
    archived: row.archivedAt !== null,
    version: row.version,
  };
}
