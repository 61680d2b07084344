import { audit } from "@mgs/audit/audit.repository";
import { findWorkingDay } from "@mgs/calendar/holidays.repository";
import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { recordChange } from "@mgs/records/changes/record-change";
import { once } from "@mgs/records/idempotency/once";
import type { z } from "zod";
import { addAccess } from "../access.repository";
import { mayBeAssigned, requireAssignee } from "../assignees";
import type { DossierDto } from "../contract/dossier";
import { formatReference, PRIORITIES } from "../contract/rules";
import { checkCustomFields } from "../custom-fields";
import { type DossierDeps, todayOf } from "../deps";
import { openDossierInput } from "../dossier-input";
import { findDossierRow, insertDossier, takeDossierNumber } from "../dossiers.repository";
import { dossierNotice } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import { insertPieces } from "../pieces/pieces.repository";
import { type DossierTypeRow, findType } from "../types/types.repository";
import { readDossier } from "./read-dossier";

type OpenOptions = { idempotencyKey?: string | undefined; socketId?: string | undefined };

/**
 * Opens a dossier: by hand, or from another portal with the person's token. Its number is the year's next, and none is ever missing. With an
 * idempotency key a repetition gets the first answer.
 * @throws AppError FORBIDDEN, INSUFFICIENT_SCOPE, VALIDATION_ERROR, IDEMPOTENCY_CONFLICT
 */
export async function openDossier(
  deps: DossierDeps,
  actor: Actor,
  input: unknown,
  { idempotencyKey, socketId }: OpenOptions = {},
): Promise<{ dossier: DossierDto; repeated: boolean }> {
  requirePermission(actor, "dossiers.open");
  const user = requireUser(actor);
  const request = validate(openDossierInput, input);
  const now = deps.clock.now();
  const { answer, refs, repeated } = await deps.database.$transaction(async (tx) => {
    let rows: readonly NewOutboxRow[] = [];
    const opened = await once(
      tx,
      actor,
      { key: idempotencyKey, act: "dossier.open", request, now },
      async (): Promise<DossierDto> => {
        const { id, notices } = await insert(tx, deps, user.userId, request, now);
        const change = await recordChange(
          tx,
          actor,
          { type: "dossier", id: String(id) },
          { op: "opened", at: now, socketId },
        );
        rows = [...notices, change.row];
        await audit(tx, { actor, action: "dossier.opened", subject: id });
        const row = await findDossierRow(tx, { kind: "system", name: "open" }, id);
        if (!row) throw new Error("the new dossier is missing");
        return readDossier(tx, deps, user.locale, row, change.seq);
      },
    );
    return { ...opened, refs: await insertOutbox(tx, rows) };
  });
  await deps.enqueuer.enqueue(refs);
  return { dossier: answer, repeated };
}

async function insert(
  tx: Transaction,
  deps: DossierDeps,
  userId: number,
  request: z.output<typeof openDossierInput>,
  now: Date,
): Promise<{ id: number; notices: NewOutboxRow[] }> {
  const type = await findType(tx, request.type_id);
  if (!type || type.archivedAt !== null)
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "type_id", message: "INVALID_CHOICE" }] });
  const custom = checkCustomFields(type.fields, request.custom);
  const today = todayOf(deps.clock);
  const dueOn =
    request.due_on === undefined
      ? type.dueWorkingDays === null
        ? null
        : await findWorkingDay(tx, today, type.dueWorkingDays)
      : request.due_on;
  const assigneeId = request.assignee_id === undefined ? await defaultAssigneeOf(tx, type) : request.assignee_id;
  const substitutes = assigneeId === null ? [] : await requireAssignee(tx, assigneeId, today);
  const { concerned, origin } = request;
  // The number comes last of all locks: until the end of the transaction nobody else gets one.
  const year = Number(today.slice(0, 4));
  const reference = formatReference(year, await takeDossierNumber(tx, year));
  const id = await insertDossier(tx, {
    ...{ reference, title: request.title, description: request.description, typeId: type.id },
    priority: PRIORITIES.indexOf(request.priority) + 1,
    ...{ concernedKind: concerned.kind, concernedName: concerned.name, concernedContact: concerned.contact },
    ...{ dueOn, assigneeId, tags: request.tags, custom, createdBy: userId },
    originPortal: origin?.portal ?? null,
    originUrl: origin?.url ?? null,
    originTitle: origin?.title ?? null,
    at: now,
  });
  await insertPieces(
    tx,
    id,
    type.pieces.map((piece) => ({ id: uuidv7(), ...piece })),
  );
  await addAccess(tx, id, [userId], "creator");
  // Whoever opens it hears what becomes of it, until they follow it no more.
  await addAccess(tx, id, [userId], "follower");
  if (assigneeId !== null) await addAccess(tx, id, [assigneeId], "assignee");
  await addAccess(tx, id, substitutes, "substitute");
  const told = [...(assigneeId === null ? [] : [assigneeId]), ...substitutes].filter((one) => one !== userId);
  const notices =
    told.length === 0
      ? []
      : [dossierNotice.row({ payload: { dossier_id: id, notice: "assigned", user_ids: told, by: userId } })];
  return { id, notices };
}

/** A type's default assignee; nobody where they work on dossiers no more, so that one can still be opened. */
async function defaultAssigneeOf(tx: Transaction, { defaultAssigneeId }: DossierTypeRow): Promise<number | null> {
  return defaultAssigneeId !== null && (await mayBeAssigned(tx, defaultAssigneeId)) ? defaultAssigneeId : null;
}
