import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import { isStorableText } from "@mgs/core/text";
import { requiredText } from "@mgs/core/text-schema";
import { isUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { lockRoleForUse } from "@mgs/identity/roles/roles.repository";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { recordChange } from "@mgs/records/changes/record-change";
import { once } from "@mgs/records/idempotency/once";
import { z } from "zod";
import { addAccess } from "../access.repository";
import type { OpinionDto } from "../contract/opinions";
import { MAX_CHARACTERS } from "../contract/rules";
import { type DossierDeps, todayOf } from "../deps";
import { day } from "../dossier-input";
import { lockDossierRow } from "../dossiers.repository";
import { dossierNotice } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import { getDossier } from "../record/read-dossier";
import { toOpinions } from "./list-opinions";
import type { OpinionPorts } from "./opinion-ports";
import { findAsked } from "./opinion-rules";
import { findOpinion, insertOpinion } from "./opinions.repository";

export const newOpinionInput = z
  .strictObject({
    user_id: z.int({ error: "INVALID_ID" }).refine(isUserId, { error: "INVALID_ID" }).optional(),
    role: z
      .string({ error: "INVALID_CHOICE" })
      .max(40, { error: "TOO_LONG" })
      .refine(isStorableText, { error: "INVALID_CHOICE" })
      .optional(),
    question: requiredText(MAX_CHARACTERS.question),
    due_on: day.nullable().default(null),
  })
  .superRefine(({ user_id, role }, context) => {
    if ((user_id === undefined) === (role === undefined))
      context.addIssue({ code: "custom", path: ["user_id"], message: "REQUIRED" });
  })
  .register(z.globalRegistry, { description: "Either `user_id` or `role`" });

const MAX_TITLE_CHARACTERS = 80;

type Request = z.output<typeof newOpinionInput>;
type Options = { idempotencyKey?: string | undefined; socketId?: string | undefined };

/**
 * Asks a colleague, or the people of a role, for an opinion. The asked see the dossier from then on, and so does whoever stands in for who is
 * away; all of them hear of it.
 * @throws AppError DOSSIER_NOT_FOUND, FORBIDDEN, VALIDATION_ERROR, IDEMPOTENCY_CONFLICT
 */
export async function askOpinion(
  deps: DossierDeps & OpinionPorts,
  actor: Actor,
  dossierId: number,
  input: unknown,
  { idempotencyKey, socketId }: Options = {},
): Promise<OpinionDto> {
  const user = requireUser(actor);
  await getDossier(deps, actor, dossierId);
  requirePermission(actor, "dossiers.work");
  const request = validate(newOpinionInput, input);
  const at = deps.clock.now();
  const today = todayOf(deps.clock);
  if (request.due_on !== null && request.due_on < today) throw invalid("due_on", "DATE_OUT_OF_RANGE");
  const { answer, refs } = await deps.database.$transaction(async (tx) => {
    const dossier = await lockDossierRow(tx, actor, dossierId);
    if (!dossier) throw new AppError("DOSSIER_NOT_FOUND");
    let refs: Awaited<ReturnType<typeof insertOutbox>> = [];
    const act = `dossier.${dossierId}.ask-opinion`;
    const { answer } = await once(tx, actor, { key: idempotencyKey, act, request, now: at }, async () => {
      await requireAsked(tx, request, user.userId);
      const asked = { askedUserId: request.user_id ?? null, askedRole: request.role ?? null };
      const { people, standIns } = await findAsked(tx, asked, today);
      if (request.user_id !== undefined) await addAccess(tx, dossierId, people, "asked");
      await addAccess(tx, dossierId, standIns, "substitute");
      const id = uuidv7();
      const told = [...new Set([...people, ...standIns])].filter((one) => one !== user.userId);
      const circle = [...told, user.userId, ...(dossier.assigneeId === null ? [] : [dossier.assigneeId])];
      const thread = {
        ...{ dossierId, opinionId: id, by: user.userId, userIds: [...new Set(circle)], at },
        title: Array.from(request.question).slice(0, MAX_TITLE_CHARACTERS).join(""),
        roles: request.role === undefined ? [] : [request.role],
      };
      const threadId = (await deps.openThread?.(tx, thread)) ?? null;
      const { question, due_on: dueOn } = request;
      await insertOpinion(tx, {
        id,
        dossierId,
        askedBy: user.userId,
        ...asked,
        question,
        dueOn,
        askedAt: at,
        threadId,
      });
      const who = request.user_id === undefined ? { role: request.role } : { user_id: request.user_id };
      // The question is for those asked: the history, which everybody with the dossier reads, says that there is one.
      const change = { op: "opinion-asked", details: { opinion_id: id, ...who }, at, socketId };
      const { row: announcement } = await recordChange(tx, actor, { type: "dossier", id: String(dossierId) }, change);
      const payload = {
        ...{ dossier_id: dossierId, notice: "asked" as const, user_ids: told, by: user.userId, text: question },
        ...(dueOn === null ? {} : { due_on: dueOn }),
      };
      refs = await insertOutbox(tx, [...(told.length === 0 ? [] : [dossierNotice.row({ payload })]), announcement]);
      const opinion = await findOpinion(tx, dossierId, id);
      const [dto] = await toOpinions(tx, actor, dossier, opinion ? [opinion] : [], today);
      if (!dto) throw new Error("the new opinion is missing");
      return dto;
    });
    return { answer, refs };
  });
  await deps.enqueuer.enqueue(refs);
  return answer;
}

/** Requires somebody else with an open account, or a role. */
async function requireAsked(tx: Transaction, { user_id, role }: Request, by: number): Promise<void> {
  if (user_id !== undefined) {
    const [person] = user_id === by ? [] : await findPeopleRights(tx, [user_id]);
    if (!person || person.disabled) throw invalid("user_id", "INVALID_CHOICE");
  }
  if (role !== undefined && !(await lockRoleForUse(tx, role))) throw invalid("role", "INVALID_CHOICE");
}

const invalid = (path: string, message: string) => new AppError("VALIDATION_ERROR", { details: [{ path, message }] });
