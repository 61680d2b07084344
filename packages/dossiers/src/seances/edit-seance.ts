import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import { rightsReduced } from "@mgs/identity/outbox-kinds";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { mergeEdit } from "@mgs/records/changes/merge-edit";
import { recordChange } from "@mgs/records/changes/record-change";
import type { SeanceDto } from "../contract/seance";
import type { DossierDeps } from "../deps";
import { requirePermission } from "../permissions";
import { inviteToSeance } from "./invite";
import { getSeance } from "./read-seance";
import { editSeanceInput } from "./seance-input";
import { seanceNoticeRows } from "./seance-notices";
import { requireSeanceRules } from "./seance-rules";
import { lockSeanceRow, type SeanceRow, updateSeance } from "./seances.repository";

/** Fields whose values are lists without an order. */
const SETS: ReadonlySet<string> = new Set(["participants"]);

/**
 * Changes a session. What others have changed since `version`, and this edit has not, stays theirs. New participants hear of it, and all of
 * them where its time or place changes.
 * @throws AppError SESSION_NOT_FOUND, also for a cancelled one; FORBIDDEN, VALIDATION_ERROR; EDIT_CONFLICT with both values in `data.conflicts`
 */
export async function editSeance(
  deps: DossierDeps,
  actor: Actor,
  id: number,
  input: unknown,
  { socketId }: { socketId?: string | undefined } = {},
): Promise<SeanceDto> {
  const user = requireUser(actor);
  const seen = await getSeance(deps, actor, id);
  if (seen.deleted_at !== null) throw new AppError("SESSION_NOT_FOUND");
  requirePermission(actor, "dossiers.work");
  const { version, ...edit } = validate(editSeanceInput, input);
  const refs = await deps.database.$transaction(async (tx) => {
    const row = isUserId(id) ? await lockSeanceRow(tx, actor, id) : null;
    if (!row || row.deletedAt !== null) throw new AppError("SESSION_NOT_FOUND");
    const record = { type: "seance", id: String(id) };
    const changes = await mergeEdit(tx, record, version, toFields(edit), fieldsOf(row), SETS);
    if (Object.keys(changes).length === 0) return [];
    const data = toData(Object.fromEntries(Object.entries(changes).map(([field, [, value]]) => [field, value])));
    const after = { ...row, ...data };
    await requireSeanceRules(tx, actor, after, row);
    await updateSeance(tx, id, data);
    const added = after.participants.filter((one) => !row.participants.includes(one));
    const removed = row.participants.filter((one) => !after.participants.includes(one));
    const moved = "startsAt" in data || "endsAt" in data || "place" in data;
    const standing = row.substitutes
      .filter(({ forUserId }) => !removed.includes(forUserId))
      .map(({ userId }) => userId);
    const gone = row.substitutes.filter(({ forUserId }) => removed.includes(forUserId)).map(({ userId }) => userId);
    const others = [...new Set([...after.participants, ...standing])].filter((one) => !added.includes(one));
    const invitations = await inviteToSeance(tx, id, added, { clock: deps.clock, by: user.userId });
    const { row: announcement } = await recordChange(tx, actor, record, {
      ...{ op: "edited", fields: changes, at: deps.clock.now(), socketId },
    });
    return insertOutbox(tx, [
      ...invitations,
      ...(moved ? seanceNoticeRows(id, "moved", others, user.userId) : []),
      ...(removed.length === 0
        ? []
        : [rightsReduced.row({ payload: { user_ids: [...new Set([...removed, ...gone])] } })]),
      announcement,
    ]);
  });
  await deps.enqueuer.enqueue(refs);
  return getSeance(deps, actor, id);
}

/** Fields by their names in the API: those that are compared, kept in the history and merged. */
function fieldsOf(row: SeanceRow): Record<string, unknown> {
  return {
    ...{ title: row.title, place: row.place, is_public: row.isPublic, dossier_id: row.dossierId },
    ...{ starts_at: row.startsAt.toISOString(), ends_at: row.endsAt.toISOString(), participants: row.participants },
  };
}

/** The fields of an edit, with times as the history has them. */
function toFields(edit: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(edit)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, value instanceof Date ? value.toISOString() : value]),
  );
}

function toData(fields: Readonly<Record<string, unknown>>): Partial<SeanceRow> {
  const { title, place, starts_at, ends_at, is_public, dossier_id, participants } = fields;
  return {
    ...(title === undefined ? {} : { title: String(title) }),
    ...(place === undefined ? {} : { place: String(place) }),
    ...(starts_at === undefined ? {} : { startsAt: new Date(String(starts_at)) }),
    ...(ends_at === undefined ? {} : { endsAt: new Date(String(ends_at)) }),
    ...(is_public === undefined ? {} : { isPublic: is_public === true }),
    ...(dossier_id === undefined ? {} : { dossierId: dossier_id as number | null }),
    ...(participants === undefined ? {} : { participants: participants as number[] }),
  };
}
