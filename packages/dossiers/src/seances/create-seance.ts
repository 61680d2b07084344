import { type Actor, requireUser } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { recordChange } from "@mgs/records/changes/record-change";
import { once } from "@mgs/records/idempotency/once";
import type { SeanceDto } from "../contract/seance";
import type { DossierDeps } from "../deps";
import { requirePermission } from "../permissions";
import { inviteToSeance } from "./invite";
import { readSeance } from "./read-seance";
import { newSeanceInput } from "./seance-input";
import { requireSeanceRules } from "./seance-rules";
import { insertSeance, readSeanceRows } from "./seances.repository";

/**
 * Makes a session. Its participants hear of it. With an idempotency key a repetition gets the first answer.
 * @throws AppError FORBIDDEN, INSUFFICIENT_SCOPE, VALIDATION_ERROR, IDEMPOTENCY_CONFLICT
 */
export async function createSeance(
  deps: DossierDeps,
  actor: Actor,
  input: unknown,
  { idempotencyKey, socketId }: { idempotencyKey?: string | undefined; socketId?: string | undefined } = {},
): Promise<{ seance: SeanceDto; repeated: boolean }> {
  requirePermission(actor, "dossiers.work");
  const user = requireUser(actor);
  const request = validate(newSeanceInput, input);
  const now = deps.clock.now();
  const { answer, refs, repeated } = await deps.database.$transaction(async (tx) => {
    let rows: readonly NewOutboxRow[] = [];
    const made = await once(tx, actor, { key: idempotencyKey, act: "seance.create", request, now }, async () => {
      const { title, place, participants } = request;
      const values = {
        ...{ title, place, participants, startsAt: request.starts_at, endsAt: request.ends_at },
        ...{ isPublic: request.is_public, dossierId: request.dossier_id },
      };
      await requireSeanceRules(tx, actor, values);
      const id = await insertSeance(tx, { ...values, createdBy: user.userId, createdAt: now });
      const record = { type: "seance", id: String(id) };
      const notices = await inviteToSeance(tx, id, participants, { clock: deps.clock, by: user.userId });
      const change = await recordChange(tx, actor, record, { op: "created", at: now, socketId });
      rows = [...notices, change.row];
      const [row] = await readSeanceRows(tx, [id]);
      if (!row) throw new Error("the new session is missing");
      return readSeance(tx, deps, actor, row, change.seq);
    });
    return { ...made, refs: await insertOutbox(tx, rows) };
  });
  await deps.enqueuer.enqueue(refs);
  return { seance: answer, repeated };
}
