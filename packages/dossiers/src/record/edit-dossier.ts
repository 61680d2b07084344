import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { rightsReduced } from "@mgs/identity/outbox-kinds";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { mergeEdit } from "@mgs/records/changes/merge-edit";
import { recordChange } from "@mgs/records/changes/record-change";
import type { z } from "zod";
import { addAccess, removeAccess } from "../access.repository";
import { requireAssignee } from "../assignees";
import type { DossierDto } from "../contract/dossier";
import { PRIORITIES, type Priority } from "../contract/rules";
import { checkCustomFields } from "../custom-fields";
import { type DossierDeps, todayOf } from "../deps";
import { priorityOf } from "../dossier-dto";
import { editDossierInput } from "../dossier-input";
import { type DossierData, type DossierRow, lockDossierRow, updateDossier } from "../dossiers.repository";
import { dossierNotice } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import { findType } from "../types/types.repository";
import { getDossier } from "./read-dossier";

/** A type's own fields are told apart by it from those of every dossier. */
const CUSTOM_PREFIX = "custom.";
/** Fields whose values are lists without an order: what two people add at once, both have added. */
const SETS: ReadonlySet<string> = new Set(["tags"]);

/**
 * Changes fields of a dossier. What others have changed since `version`, and this edit has not, stays theirs.
 * @param socketId of the tab that makes the change: it is not told of it
 * @throws AppError DOSSIER_NOT_FOUND, FORBIDDEN, VALIDATION_ERROR; EDIT_CONFLICT with both values of each field in `data.conflicts`
 */
export async function editDossier(
  deps: DossierDeps,
  actor: Actor,
  id: number,
  input: unknown,
  { socketId }: { socketId?: string | undefined } = {},
): Promise<DossierDto> {
  const user = requireUser(actor);
  // Whoever does not see it learns nothing of it, not even that they may not change it.
  await getDossier(deps, actor, id);
  requirePermission(actor, "dossiers.work");
  const { version, ...edit } = validate(editDossierInput, input);
  const refs = await deps.database.$transaction(async (tx) => {
    const row = isUserId(id) ? await lockDossierRow(tx, actor, id) : null;
    if (!row) throw new AppError("DOSSIER_NOT_FOUND");
    const record = { type: "dossier", id: String(id) };
    const mine = await toFields(tx, row, edit);
    const changes = await mergeEdit(tx, record, version, mine, fieldsOf(row), SETS);
    if (Object.keys(changes).length === 0) return [];
    const at = deps.clock.now();
    const after = Object.fromEntries(Object.entries(changes).map(([field, [, value]]) => [field, value]));
    await updateDossier(tx, id, toData(row, after), at);
    const notices =
      "assignee_id" in after ? await assign(tx, deps, row, after.assignee_id as number | null, user.userId) : [];
    const { row: announcement } = await recordChange(tx, actor, record, {
      op: "edited",
      fields: changes,
      at,
      socketId,
    });
    return insertOutbox(tx, [...notices, announcement]);
  });
  await deps.enqueuer.enqueue(refs);
  return getDossier(deps, actor, id);
}

/** A dossier's fields by their names in the API: those that are compared, kept in the history and merged. */
export function fieldsOf(row: DossierRow): Record<string, unknown> {
  return {
    title: row.title,
    description: row.description,
    concerned_kind: row.concernedKind,
    concerned_name: row.concernedName,
    concerned_contact: row.concernedContact,
    priority: priorityOf(row.priority),
    due_on: row.dueOn,
    assignee_id: row.assigneeId,
    tags: row.tags,
    ...Object.fromEntries(Object.entries(row.custom).map(([key, value]) => [CUSTOM_PREFIX + key, value])),
  };
}

/** The fields of an edit under the same names, checked. */
async function toFields(
  tx: Transaction,
  row: DossierRow,
  { concerned, custom, ...edit }: Omit<z.output<typeof editDossierInput>, "version">,
): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = { ...edit };
  if (concerned) {
    fields.concerned_kind = concerned.kind;
    fields.concerned_name = concerned.name;
    fields.concerned_contact = concerned.contact;
  }
  if (custom) {
    const type = await findType(tx, row.typeId);
    const values = checkCustomFields(type?.fields ?? [], { ...row.custom, ...custom }, row.custom);
    for (const key of Object.keys(custom)) fields[CUSTOM_PREFIX + key] = values[key] ?? null;
  }
  return fields;
}

/** The columns that changed fields stand in. */
function toData(row: DossierRow, fields: Readonly<Record<string, unknown>>): DossierData {
  const { priority, due_on, assignee_id, concerned_kind, concerned_name, concerned_contact, ...rest } = fields;
  const isCustom = (field: string) => field.startsWith(CUSTOM_PREFIX);
  const plain = Object.fromEntries(Object.entries(rest).filter(([field]) => !isCustom(field)));
  const custom = Object.entries(rest).filter(([field]) => isCustom(field));
  return {
    ...plain,
    ...(custom.length === 0 ? {} : { custom: withCustom(row.custom, custom) }),
    ...(priority === undefined ? {} : { priority: PRIORITIES.indexOf(priority as Priority) + 1 }),
    ...(due_on === undefined ? {} : { dueOn: due_on as string | null }),
    ...(assignee_id === undefined ? {} : { assigneeId: assignee_id as number | null }),
    ...(concerned_kind === undefined ? {} : { concernedKind: String(concerned_kind) }),
    ...(concerned_name === undefined ? {} : { concernedName: String(concerned_name) }),
    ...(concerned_contact === undefined ? {} : { concernedContact: String(concerned_contact) }),
  };
}

/** The values of a type's own fields after a change; an empty one goes. */
function withCustom(
  before: DossierRow["custom"],
  changes: readonly (readonly [field: string, value: unknown])[],
): DossierRow["custom"] {
  const values = {
    ...before,
    ...Object.fromEntries(changes.map(([field, value]) => [field.slice(CUSTOM_PREFIX.length), value])),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ""));
}

/** Hands a dossier to somebody else, who hears of it, and whoever stands in for them. @returns outbox rows */
async function assign(
  tx: Transaction,
  deps: DossierDeps,
  row: DossierRow,
  assigneeId: number | null,
  by: number,
): Promise<NewOutboxRow[]> {
  const reduced =
    row.assigneeId !== null && (await removeAccess(tx, row.id, row.assigneeId, "assignee"))
      ? [rightsReduced.row({ payload: { user_ids: [row.assigneeId] } })]
      : [];
  if (assigneeId === null) return reduced;
  const substitutes = await requireAssignee(tx, assigneeId, todayOf(deps.clock));
  await addAccess(tx, row.id, [assigneeId], "assignee");
  await addAccess(tx, row.id, substitutes, "substitute");
  const told = [assigneeId, ...substitutes].filter((id) => id !== by);
  if (told.length === 0) return reduced;
  return [...reduced, dossierNotice.row({ payload: { dossier_id: row.id, notice: "assigned", user_ids: told, by } })];
}
