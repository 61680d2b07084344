import { findSubstitutes } from "@mgs/calendar/absences.repository";
import { findWorkingDay } from "@mgs/calendar/holidays.repository";
import type { Database, Transaction } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import type { Schedule } from "@mgs/module/schedule";
import { addAccess, findFollowers } from "../access.repository";
import { DOSSIER_TIME_ZONE } from "../deps";
import { findAsked } from "../opinions/opinion-rules";
import { dossierNotice, type Notice } from "../outbox-kinds";
import {
  claimDueSoon,
  claimOpinionsDueSoon,
  claimOverdue,
  claimOverdueOpinions,
  type DueDossier,
  type DueOpinion,
} from "./due.repository";

/** The assignee is warned so many working days before the due date. */
export const WARNING_WORKING_DAYS = 2;
/** Nobody's telephone rings at midnight because a day begins. */
const FIRST_HOUR = 7;
const BATCH_SIZE = 100;
/** What one run tells at most; the next goes on. */
const MAX_BATCHES = 20;
const INTERVAL_MS = 60_000;

type Deps = { database: Database; enqueuer: Enqueuer };
/** Claims up to a number of rows and writes what tells of them. @returns how many it claimed */
type Batch = (tx: Transaction, limit: number) => Promise<{ claimed: number; rows: NewOutboxRow[] }>;

/** Warns before due dates and tells of those that have passed, each once for each date. */
export const dueSchedule: Schedule = {
  name: "dossiers: due dates",
  intervalMs: INTERVAL_MS,
  run: (deps) => tellDue(deps, new Date()),
};

/**
 * Tells of due dates: the assignee before, all who follow the dossier after; of opinions those asked before, who asked and the assignee after;
 * and whoever stands in that day for these, who sees the dossier from then on. Due dates are days in Madagascar.
 */
export async function tellDue(deps: Deps, now: Date): Promise<void> {
  const time = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(DOSSIER_TIME_ZONE);
  if (time.hour < FIRST_HOUR) return;
  const today = time.toPlainDate().toString();
  const until = await findWorkingDay(deps.database, today, WARNING_WORKING_DAYS);
  const batches: readonly Batch[] = [
    async (tx, limit) => tellDossiers(tx, await claimDueSoon(tx, today, until, limit), "due-soon", today),
    async (tx, limit) => tellDossiers(tx, await claimOverdue(tx, today, limit), "overdue", today),
    async (tx, limit) => tellOpinions(tx, await claimOpinionsDueSoon(tx, until, now, limit), "opinion-due-soon", today),
    async (tx, limit) => tellOpinions(tx, await claimOverdueOpinions(tx, today, now, limit), "opinion-overdue", today),
  ];
  for (const batch of batches) await runBatches(deps, batch);
}

async function runBatches({ database, enqueuer }: Deps, batch: Batch): Promise<void> {
  for (let times = 0; times < MAX_BATCHES; times++) {
    const { claimed, refs } = await database.$transaction(async (tx) => {
      const { claimed, rows } = await batch(tx, BATCH_SIZE);
      return { claimed, refs: await insertOutbox(tx, rows) };
    });
    await enqueuer.enqueue(refs);
    if (claimed < BATCH_SIZE) return;
  }
}

async function tellDossiers(tx: Transaction, due: readonly DueDossier[], notice: Notice, today: string) {
  const rows: NewOutboxRow[] = [];
  for (const { id, dueOn, assigneeId } of due) {
    const own = assigneeId === null ? [] : [assigneeId, ...(await letIn(tx, id, [assigneeId], today))];
    // Nobody's dossier is everybody's who follows it.
    const told = notice === "due-soon" && own.length > 0 ? own : [...own, ...(await findFollowers(tx, id))];
    rows.push(...noticeRows(id, notice, told, dueOn));
  }
  return { claimed: due.length, rows };
}

async function tellOpinions(tx: Transaction, due: readonly DueOpinion[], notice: Notice, today: string) {
  const rows: NewOutboxRow[] = [];
  for (const opinion of due) {
    const { dossierId, dueOn, askedBy, assigneeId } = opinion;
    const people =
      notice === "opinion-due-soon"
        ? (await findAsked(tx, opinion, today)).people
        : [askedBy, assigneeId].filter((id) => id !== null);
    rows.push(...noticeRows(dossierId, notice, [...people, ...(await letIn(tx, dossierId, people, today))], dueOn));
  }
  return { claimed: due.length, rows };
}

/**
 * Gives access to those who stand in for people that day: an absence that began after the dossier had come to its person has given none, and
 * nobody is told of what they may not see.
 * @returns them
 */
async function letIn(tx: Transaction, dossierId: number, people: readonly number[], today: string): Promise<number[]> {
  const standIns = await findSubstitutes(tx, people, today);
  await addAccess(tx, dossierId, standIns, "substitute");
  return standIns;
}

function noticeRows(dossierId: number, notice: Notice, told: readonly number[], dueOn: string): NewOutboxRow[] {
  const user_ids = [...new Set(told)];
  if (user_ids.length === 0) return [];
  return [dossierNotice.row({ payload: { dossier_id: dossierId, notice, user_ids, by: null, due_on: dueOn } })];
}
