import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { readPlaces } from "@mgs/records/lists/lists.repository";
import { batchStep } from "../outbox-kinds";
import { giveRole } from "../people/change-role";
import { forcePasswordChangeOf } from "../people/force-password-change";
import { peopleList, peopleQuery } from "../people/people.repository";
import { requirePermission } from "../permissions";
import { disableUser, enableUser } from "../users/disable-user";
import { batchActor } from "./batch-actor";
import type { BatchDeps } from "./batch-deps";
import { advanceBatchJob, type BatchRefusal, findBatchJob, lockBatchJob } from "./batch-jobs.repository";
import { type PeopleBatch, peopleBatch } from "./batch-kinds";

/** People between two commits of the job; each of them is a commit, too. */
const BATCH_SIZE = 20;

/** Acts on the next people of a job. Acting on one again changes nothing. @throws AppError FORBIDDEN when the actor has lost the right */
export async function peopleStep(deps: BatchDeps, jobId: string): Promise<void> {
  const job = await findBatchJob(deps.database, jobId);
  if (!job) return;
  const batch = validate(peopleBatch, job.payload);
  const actor = await batchActor(deps, job);
  requirePermission(actor, "accounts.manage");
  const ids = await nextIds(deps, batch, job.cursor);
  let done = 0;
  const refusals: BatchRefusal[] = [];
  for (const id of ids) {
    try {
      await act(deps, actor, batch, id);
      done += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusals.push({ id, code: error.code });
    }
  }
  const refs = await deps.database.$transaction(async (tx) => {
    const current = await lockBatchJob(tx, jobId);
    // Another worker has done these people meanwhile, and written down what came of it; or somebody has stopped the job.
    if (current?.cursor !== job.cursor) return [];
    const last = ids.length < BATCH_SIZE;
    const cursor = ids.at(-1) ?? job.cursor;
    const progress = { done, skipped: refusals.length, cursor, refusals };
    await advanceBatchJob(tx, current, last ? { ...progress, finishedAt: deps.clock.now() } : progress);
    return last ? [] : insertOutbox(tx, [batchStep.row({ payload: { job_id: jobId } })]);
  });
  await deps.enqueuer.enqueue(refs);
}

async function nextIds(deps: BatchDeps, { act: kind, whose }: PeopleBatch, after: number): Promise<number[]> {
  if ("ids" in whose)
    return whose.ids
      .filter((id) => id > after)
      .toSorted((a, b) => a - b)
      .slice(0, BATCH_SIZE);
  // Who has what the act gives already is passed over in SQL.
  const state = kind === "disable" ? "active" : kind === "enable" ? "disabled" : undefined;
  const filter = state === undefined || whose.filter.state ? whose.filter : ({ ...whose.filter, state } as const);
  const page = {
    sort: "created",
    cursor: [String(after), String(after)],
    backwards: false,
    limit: BATCH_SIZE,
  } as const;
  return (await readPlaces(deps.database, peopleList, peopleQuery(filter), page)).map(({ id }) => Number(id));
}

async function act(deps: BatchDeps, actor: UserActor, batch: PeopleBatch, userId: number): Promise<void> {
  switch (batch.act) {
    case "disable":
      await disableUser(deps, actor, { userId });
      return;
    case "enable":
      await enableUser(deps, actor, { userId });
      return;
    case "force-password-change":
      await forcePasswordChangeOf(deps, actor, { userId });
      return;
    case "change-role": {
      const { refs } = await deps.database.$transaction((tx) => giveRole(tx, deps, actor, userId, batch.role ?? ""));
      await deps.enqueuer.enqueue(refs);
    }
  }
}
