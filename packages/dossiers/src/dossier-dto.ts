import type { Locale } from "@mgs/core/locale";
import type { Database, Transaction } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import type { DossierDto, DossierSummary, PersonRef } from "./contract/dossier";
import { type ConcernedKind, PRIORITIES, type Priority } from "./contract/rules";
import { type DossierState, OPEN_STATES } from "./contract/states";
import type { DossierRow } from "./dossiers.repository";
import { dossierPath } from "./links";

/** What else the texts of a dossier depend on. */
type Reading = {
  locale: Locale;
  /** The day in Madagascar, `2026-11-30`. */
  today: string;
  /** Origin of the portal that has the pages of dossiers. */
  origin: string;
  names: ReadonlyMap<number, string>;
};

/** Finds the names of everybody whom rows name. */
export async function findNames(
  database: Database | Transaction,
  rows: readonly Pick<DossierRow, "assigneeId" | "createdBy">[],
): Promise<Map<number, string>> {
  const ids = new Set(rows.flatMap(({ assigneeId, createdBy }) => [assigneeId, createdBy]).filter((id) => id !== null));
  const people = await findPeopleRights(database, [...ids]);
  return new Map(people.map(({ id, name }) => [id, name]));
}

export const isOverdue = ({ state, dueOn }: Pick<DossierRow, "state" | "dueOn">, today: string): boolean =>
  dueOn !== null && dueOn < today && OPEN_STATES.some((open) => open === state);

/** The name of a priority's place in the row. */
export const priorityOf = (place: number): Priority => PRIORITIES[place - 1] ?? "normale";

const personOf = (id: number | null, names: Reading["names"]): PersonRef | null => {
  const name = id === null ? undefined : names.get(id);
  return id === null || name === undefined ? null : { id, name };
};

export function toSummary(row: DossierRow, { locale, today, origin, names }: Reading): DossierSummary {
  return {
    ...{ id: row.id, reference: row.reference, title: row.title },
    type: { id: row.typeId, name: locale === "fr" ? row.typeNameFr : row.typeNameEn },
    state: row.state as DossierState,
    state_since: row.stateSince.toISOString(),
    priority: priorityOf(row.priority),
    concerned: { kind: row.concernedKind as ConcernedKind, name: row.concernedName },
    due_on: row.dueOn,
    overdue: isOverdue(row, today),
    assignee: personOf(row.assigneeId, names),
    tags: row.tags,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    url: new URL(dossierPath(row.id), origin).href,
  };
}

/** @param version the number of the dossier's last change */
export function toDossier(row: DossierRow, reading: Reading, version: number): DossierDto {
  const { originPortal, originUrl, originTitle } = row;
  return {
    ...toSummary(row, reading),
    description: row.description,
    concerned: { kind: row.concernedKind as ConcernedKind, name: row.concernedName, contact: row.concernedContact },
    state_reason: row.stateReason,
    custom: row.custom,
    created_by: personOf(row.createdBy, reading.names),
    origin:
      originPortal !== null && originUrl !== null
        ? { portal: originPortal, url: originUrl, title: originTitle ?? "" }
        : null,
    version,
  };
}
