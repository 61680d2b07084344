import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { AppError, type ErrorDetail } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { isSame } from "@mgs/records/contract/merge";
import { mayBeAssigned } from "../assignees";
import { type DossierField, type DossierTypeDto, MAX_FIELDS } from "../contract/dossier-types";
import type { DossierDeps } from "../deps";
import { requirePermission } from "../permissions";
import { toTypeDto } from "./list-types";
import { editTypeInput, newTypeInput } from "./type-input";
import { type DossierTypeRow, findType, insertType, lockType, updateType } from "./types.repository";

type Deps = Pick<DossierDeps, "database" | "clock">;

/** Defines a type of dossiers. @throws AppError FORBIDDEN, INSUFFICIENT_SCOPE, VALIDATION_ERROR */
export async function createType({ database }: Deps, actor: Actor, input: unknown): Promise<DossierTypeDto> {
  requirePermission(actor, "dossier-types.manage");
  const { name, fields, pieces, due_working_days, default_assignee_id } = validate(newTypeInput, input);
  return database.$transaction(async (tx) => {
    await requireDefaultAssignee(tx, default_assignee_id);
    const id = await insertType(tx, {
      ...{ nameFr: name.fr, nameEn: name.en, fields, pieces },
      ...{ dueWorkingDays: due_working_days, defaultAssigneeId: default_assignee_id },
    });
    await audit(tx, { actor, action: "dossier-type.created", subject: id, details: { name: name.fr } });
    return readType(tx, id);
  });
}

/**
 * Changes a type of dossiers, archives it or restores it. A field keeps its key and its kind, so that the values of dossiers stay what they
 * were; one that the change leaves out is hidden, and its values stay. What it asks for does not depend on whether it is archived: archiving and
 * restoring hold whatever somebody has changed since `version`.
 * @throws AppError FORBIDDEN, INSUFFICIENT_SCOPE, VALIDATION_ERROR; SUBJECT_NOT_FOUND; EDIT_CONFLICT for other values, when somebody has changed it
 * since `version`
 */
export async function editType(
  { database, clock }: Deps,
  actor: Actor,
  id: number,
  input: unknown,
): Promise<DossierTypeDto> {
  requirePermission(actor, "dossier-types.manage");
  const { version, archived, ...edit } = validate(editTypeInput, input);
  return database.$transaction(async (tx) => {
    const row = isUserId(id) ? await lockType(tx, id) : null;
    if (!row) throw new AppError("SUBJECT_NOT_FOUND");
    const next = {
      nameFr: edit.name?.fr ?? row.nameFr,
      nameEn: edit.name?.en ?? row.nameEn,
      fields: edit.fields === undefined ? row.fields : keepFields(row.fields, edit.fields),
      pieces: edit.pieces ?? row.pieces,
      dueWorkingDays: edit.due_working_days === undefined ? row.dueWorkingDays : edit.due_working_days,
      defaultAssigneeId: edit.default_assignee_id === undefined ? row.defaultAssigneeId : edit.default_assignee_id,
    };
    if (next.defaultAssigneeId !== row.defaultAssigneeId) await requireDefaultAssignee(tx, next.defaultAssigneeId);
    const wasArchived = row.archivedAt !== null;
    const archivedAt = (archived ?? wasArchived) ? (row.archivedAt ?? clock.now()) : null;
    const changes = Object.keys(next).filter(
      (key) => !isSame(next[key as keyof typeof next], row[key as keyof typeof next]),
    );
    const turns = wasArchived !== (archivedAt !== null);
    if (row.version !== version && (archived === undefined || changes.length > 0))
      throw new AppError("EDIT_CONFLICT", {
        details: changes.map((path) => ({ path, message: "CHANGED_MEANWHILE" })),
        data: { version: row.version },
      });
    if (changes.length === 0 && !turns) return toTypeDto(row);
    await updateType(tx, id, { ...next, archivedAt });
    const details = { name: next.nameFr, changes };
    if (changes.length > 0) await audit(tx, { actor, action: "dossier-type.updated", subject: id, details });
    if (turns)
      await audit(tx, {
        ...{ actor, subject: id, details: { name: next.nameFr } },
        action: wasArchived ? "dossier-type.restored" : "dossier-type.archived",
      });
    return readType(tx, id);
  });
}

/** The fields after a change: every one that was there stays, hidden where the change leaves it out. */
function keepFields(before: readonly DossierField[], after: readonly DossierField[]): DossierField[] {
  const details: ErrorDetail[] = after.flatMap(({ key, kind }, place) => {
    const known = before.find((field) => field.key === key);
    return known && known.kind !== kind ? [{ path: `fields.${place}.kind`, message: "INVALID_CHOICE" }] : [];
  });
  const kept = before.filter(({ key }) => !after.some((field) => field.key === key));
  if (after.length + kept.length > MAX_FIELDS) details.push({ path: "fields", message: "TOO_MANY" });
  if (details.length > 0) throw new AppError("VALIDATION_ERROR", { details });
  return [...after, ...kept.map((field) => ({ ...field, hidden: true }))];
}

async function requireDefaultAssignee(tx: Transaction, id: number | null): Promise<void> {
  if (id !== null && !(await mayBeAssigned(tx, id)))
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "default_assignee_id", message: "INVALID_CHOICE" }] });
}

async function readType(tx: Transaction, id: number): Promise<DossierTypeDto> {
  const row: DossierTypeRow | null = await findType(tx, id);
  if (!row) throw new Error("a type that was written is missing");
  return toTypeDto(row);
}
