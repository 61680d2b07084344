import { findSubstitutes } from "@mgs/calendar/absences.repository";
import type { Actor } from "@mgs/core/actor";
import type { Database, Transaction } from "@mgs/db/client";
import { findPeopleOfRole } from "@mgs/identity/users/people-rights.repository";
import type { DossierRow } from "../dossiers.repository";
import { can } from "../permissions";
import type { OpinionRow } from "./opinions.repository";

/** So many people of a role are told when it is asked; the others see it on the dossier. */
export const MAX_PEOPLE_ASKED = 500;

type Asked = Pick<OpinionRow, "askedUserId" | "askedRole">;
/** What the rules need to know of an opinion, besides the reader. */
export type OpinionCircle = {
  opinion: Pick<OpinionRow, "askedBy" | "askedUserId" | "askedRole" | "answeredBy" | "verdict" | "withdrawnAt">;
  assigneeId: number | null;
  /** Who stands in today for the person or the people who were asked. */
  standIns: readonly number[];
  /** Who stands in today for the assignee. */
  assigneeStandIns: readonly number[];
};

/** Whether somebody was asked: in person, by their role, or as the substitute of who is away. */
function isAsked(actor: Actor, { opinion, standIns }: OpinionCircle): boolean {
  if (actor.kind !== "user") return false;
  const { userId, role } = actor;
  return opinion.askedUserId === userId || opinion.askedRole === role || standIns.includes(userId);
}

/** Whether somebody asked, or has the dossier in hand. */
function isBehind(actor: Actor, { opinion, assigneeId, assigneeStandIns }: OpinionCircle): boolean {
  if (actor.kind !== "user") return false;
  return opinion.askedBy === actor.userId || assigneeId === actor.userId || assigneeStandIns.includes(actor.userId);
}

/** Whether an actor takes part in an opinion's own thread: those asked, who asked or answered, the assignee, and their substitutes. */
export function mayJoinThread(actor: Actor, circle: OpinionCircle): boolean {
  if (isAsked(actor, circle) || isBehind(actor, circle)) return true;
  return actor.kind === "user" && circle.opinion.answeredBy === actor.userId;
}

/**
 * Whether an actor who sees the dossier may read an opinion: question, verdict and answer. Those of its thread may, and who decides on all
 * dossiers. Others see that one was asked and how far it is, no more.
 */
export function mayReadOpinion(actor: Actor, circle: OpinionCircle): boolean {
  if (mayJoinThread(actor, circle)) return true;
  return can(actor, "dossiers.read-all") && can(actor, "dossiers.decide");
}

const isOpen = ({ opinion }: OpinionCircle): boolean => opinion.verdict === null && opinion.withdrawnAt === null;

/** Whether an actor may answer: those asked alone, while it is open. Nobody answers in another person's place. */
export function mayAnswerOpinion(actor: Actor, circle: OpinionCircle): boolean {
  return isOpen(circle) && isAsked(actor, circle) && !(actor.kind === "user" && actor.impersonation !== undefined);
}

/** Whether an actor may withdraw the request: who asked, and who has the dossier in hand. */
export function mayWithdrawOpinion(actor: Actor, circle: OpinionCircle): boolean {
  return isOpen(circle) && can(actor, "dossiers.work") && isBehind(actor, circle);
}

/** Finds who is in the circle of an opinion on that day. */
export async function readCircle(
  database: Database | Transaction,
  opinion: OpinionRow,
  { assigneeId }: Pick<DossierRow, "assigneeId">,
  today: string,
): Promise<OpinionCircle> {
  const [{ standIns }, assigneeStandIns] = await Promise.all([
    findAsked(database, opinion, today),
    findSubstitutes(database, assigneeId === null ? [] : [assigneeId], today),
  ]);
  return { opinion, assigneeId, standIns, assigneeStandIns };
}

/** The people who are asked, and who stands in for those of them who are away on that day. */
export async function findAsked(
  database: Database | Transaction,
  { askedUserId, askedRole }: Asked,
  today: string,
): Promise<{ people: number[]; standIns: number[] }> {
  const people =
    askedUserId !== null
      ? [askedUserId]
      : (await findPeopleOfRole(database, askedRole ?? "", MAX_PEOPLE_ASKED)).map(({ id }) => id);
  return { people, standIns: await findSubstitutes(database, people, today) };
}
