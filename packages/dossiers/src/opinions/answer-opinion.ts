import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import { requiredText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { rightsReduced } from "@mgs/identity/outbox-kinds";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { recordChange } from "@mgs/records/changes/record-change";
import { z } from "zod";
import { findAccess, removeAccess } from "../access.repository";
import { type OpinionDto, VERDICTS } from "../contract/opinions";
import { MAX_CHARACTERS } from "../contract/rules";
import { type DossierDeps, todayOf } from "../deps";
import { type DossierRow, lockDossierRow } from "../dossiers.repository";
import { dossierNotice } from "../outbox-kinds";
import { getDossier } from "../record/read-dossier";
import { toOpinions } from "./list-opinions";
import {
  findAsked,
  mayAnswerOpinion,
  mayReadOpinion,
  mayWithdrawOpinion,
  type OpinionCircle,
  readCircle,
} from "./opinion-rules";
import { findOpinion, findOpinions, type OpinionRow, updateOpinion } from "./opinions.repository";

export const opinionAnswerInput = z
  .strictObject({
    verdict: z.enum(VERDICTS, { error: "INVALID_CHOICE" }),
    answer: requiredText(MAX_CHARACTERS.answer).or(z.literal("")).default(""),
  })
  .superRefine(({ verdict, answer }, context) => {
    if (verdict !== "favorable" && answer === "")
      context.addIssue({ code: "custom", path: ["answer"], message: "REQUIRED" });
  })
  .register(z.globalRegistry, { description: "Only a favourable opinion may go without words" });

type Options = { socketId?: string | undefined };
type Done = { op: string; details: Record<string, unknown>; notices: readonly NewOutboxRow[] };

/**
 * Gives an opinion, or none with a reason. Who asked and the assignee hear of it.
 * @throws AppError DOSSIER_NOT_FOUND; SUBJECT_NOT_FOUND for an opinion that the dossier has not; FORBIDDEN for who was not asked; VALIDATION_ERROR;
 *   CONFLICT when it is answered or withdrawn
 */
export async function answerOpinion(
  deps: DossierDeps,
  actor: Actor,
  dossierId: number,
  opinionId: string,
  input: unknown,
  options: Options = {},
): Promise<OpinionDto> {
  const user = requireUser(actor);
  return changeOpinion(deps, actor, dossierId, opinionId, options, mayAnswerOpinion, () => {
    const { verdict, answer } = validate(opinionAnswerInput, input);
    return async (tx, opinion, dossier) => {
      const answered = { verdict, answer, answeredBy: user.userId, answeredAt: deps.clock.now() };
      await updateOpinion(tx, opinion.id, answered);
      const told = [opinion.askedBy, dossier.assigneeId].filter((id) => id !== null && id !== user.userId);
      const payload = {
        ...{
          dossier_id: dossier.id,
          notice: "answered" as const,
          user_ids: [...new Set(told)] as number[],
          by: user.userId,
        },
        ...{ verdict, text: answer },
      };
      const notices = told.length === 0 ? [] : [dossierNotice.row({ payload })];
      return { op: verdict === "refused" ? "opinion-refused" : "opinion-answered", details: {}, notices };
    };
  });
}

/**
 * Withdraws a request for an opinion. Whoever sees the dossier for no other reason sees it no more.
 * @throws AppError DOSSIER_NOT_FOUND, SUBJECT_NOT_FOUND; FORBIDDEN for who has neither asked nor the dossier in hand; CONFLICT when it is answered
 *   or withdrawn
 */
export async function withdrawOpinion(
  deps: DossierDeps,
  actor: Actor,
  dossierId: number,
  opinionId: string,
  options: Options = {},
): Promise<OpinionDto> {
  const user = requireUser(actor);
  return changeOpinion(
    deps,
    actor,
    dossierId,
    opinionId,
    options,
    mayWithdrawOpinion,
    () => async (tx, opinion, dossier) => {
      const today = todayOf(deps.clock);
      const { people, standIns } = await findAsked(tx, opinion, today);
      await updateOpinion(tx, opinion.id, { withdrawnAt: deps.clock.now() });
      await takeAccessAway(tx, dossier, opinion, today);
      const reduced = rightsReduced.row({ payload: { user_ids: [...new Set([...people, ...standIns])] } });
      const told = [...new Set([...people, ...standIns])].filter((id) => id !== user.userId);
      const payload = { dossier_id: dossier.id, notice: "withdrawn" as const, user_ids: told, by: user.userId };
      return {
        op: "opinion-withdrawn",
        details: {},
        notices: told.length === 0 ? [reduced] : [reduced, dossierNotice.row({ payload })],
      };
    },
  );
}

/** Takes the access away that came with a request, where nothing else on the dossier gives it. */
async function takeAccessAway(
  tx: Transaction,
  dossier: DossierRow,
  withdrawn: OpinionRow,
  today: string,
): Promise<void> {
  const others = (await findOpinions(tx, dossier.id)).filter(
    ({ id, withdrawnAt }) => id !== withdrawn.id && withdrawnAt === null,
  );
  const { askedUserId } = withdrawn;
  if (askedUserId !== null && !others.some((other) => other.askedUserId === askedUserId))
    await removeAccess(tx, dossier.id, askedUserId, "asked");
  const stillNeeded = new Set<number>();
  for (const other of others) for (const id of (await findAsked(tx, other, today)).standIns) stillNeeded.add(id);
  if (dossier.assigneeId !== null)
    for (const id of (await findAsked(tx, { askedUserId: dossier.assigneeId, askedRole: null }, today)).standIns)
      stillNeeded.add(id);
  const { standIns } = await findAsked(tx, withdrawn, today);
  const listed = (await findAccess(tx, dossier.id)).filter(({ reason }) => reason === "substitute");
  for (const { userId } of listed)
    if (standIns.includes(userId) && !stillNeeded.has(userId)) await removeAccess(tx, dossier.id, userId, "substitute");
}

/** Changes an opinion under its dossier's lock, and announces it. */
async function changeOpinion(
  deps: DossierDeps,
  actor: Actor,
  dossierId: number,
  opinionId: string,
  { socketId }: Options,
  may: (actor: Actor, circle: OpinionCircle) => boolean,
  prepare: () => (tx: Transaction, opinion: OpinionRow, dossier: DossierRow) => Promise<Done>,
): Promise<OpinionDto> {
  await getDossier(deps, actor, dossierId);
  const today = todayOf(deps.clock);
  const { dto, refs } = await deps.database.$transaction(async (tx) => {
    const dossier = await lockDossierRow(tx, actor, dossierId);
    if (!dossier) throw new AppError("DOSSIER_NOT_FOUND");
    const opinion = UUID_PATTERN.test(opinionId) ? await findOpinion(tx, dossierId, opinionId) : null;
    if (!opinion) throw new AppError("SUBJECT_NOT_FOUND");
    const circle = await readCircle(tx, opinion, dossier, today);
    if (!may(actor, circle)) {
      const isOver = opinion.verdict !== null || opinion.withdrawnAt !== null;
      throw new AppError(isOver && mayReadOpinion(actor, circle) ? "CONFLICT" : "FORBIDDEN");
    }
    const { op, details, notices } = await prepare()(tx, opinion, dossier);
    const change = { op, details: { opinion_id: opinion.id, ...details }, at: deps.clock.now(), socketId };
    const { row } = await recordChange(tx, actor, { type: "dossier", id: String(dossierId) }, change);
    const after = await findOpinion(tx, dossierId, opinion.id);
    const [dto] = await toOpinions(tx, actor, dossier, after ? [after] : [], today);
    if (!dto) throw new Error("the opinion is missing");
    return { dto, refs: await insertOutbox(tx, [...notices, row]) };
  });
  await deps.enqueuer.enqueue(refs);
  return dto;
}
