import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import type { Database, Transaction } from "@mgs/db/client";
import { namesOf } from "@mgs/identity/users/name-of";
import type { OpinionDto, Verdict } from "../contract/opinions";
import { type DossierDeps, todayOf } from "../deps";
import { type DossierRow, findDossierRow } from "../dossiers.repository";
import { readAskedNames } from "./asked-names";
import { mayAnswerOpinion, mayJoinThread, mayReadOpinion, mayWithdrawOpinion, readCircle } from "./opinion-rules";
import { findOpinions, type OpinionRow } from "./opinions.repository";

/** The opinions on a dossier, the newest first, each as far as the actor may read it. @throws AppError DOSSIER_NOT_FOUND */
export async function listOpinions(deps: DossierDeps, actor: Actor, dossierId: number): Promise<OpinionDto[]> {
  const dossier = isUserId(dossierId) ? await findDossierRow(deps.database, actor, dossierId) : null;
  if (!dossier) throw new AppError("DOSSIER_NOT_FOUND");
  const rows = await findOpinions(deps.database, dossierId);
  return toOpinions(deps.database, actor, dossier, rows, todayOf(deps.clock));
}

/** Opinions on one dossier, each as far as the actor may read it. */
export async function toOpinions(
  database: Database | Transaction,
  actor: Actor,
  dossier: DossierRow,
  rows: readonly OpinionRow[],
  today: string,
): Promise<OpinionDto[]> {
  const names = await namesOf(
    database,
    rows.flatMap(({ askedBy, answeredBy }) => [askedBy, answeredBy]),
  );
  const askedOf = await readAskedNames(database, actor.kind === "user" ? actor.locale : "fr", rows);
  const person = (id: number | null) => (id === null ? null : { id, name: names.get(id) ?? `${id}` });
  return Promise.all(
    rows.map(async (row): Promise<OpinionDto> => {
      const circle = await readCircle(database, row, dossier, today);
      const mayRead = mayReadOpinion(actor, circle);
      const state = stateOf(row);
      return {
        id: row.id,
        asked: askedOf(row),
        asked_by: person(row.askedBy),
        asked_at: row.askedAt.toISOString(),
        due_on: row.dueOn,
        state,
        overdue: state === "open" && row.dueOn !== null && row.dueOn < today,
        question: mayRead ? row.question : null,
        verdict: mayRead ? (row.verdict as Verdict | null) : null,
        answer: mayRead && row.verdict !== null ? row.answer : null,
        answered_by: person(row.answeredBy),
        answered_at: row.answeredAt?.toISOString() ?? null,
        thread_id: mayJoinThread(actor, circle) ? row.threadId : null,
        may: { answer: mayAnswerOpinion(actor, circle), withdraw: mayWithdrawOpinion(actor, circle) },
      };
    }),
  );
}

function stateOf({ verdict, withdrawnAt }: OpinionRow): OpinionDto["state"] {
  if (withdrawnAt !== null) return "withdrawn";
  if (verdict === null) return "open";
  return verdict === "refused" ? "refused" : "answered";
}
