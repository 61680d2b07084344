import type { BatchJob } from "@mgs/identity/batches/show-batch-job";
import type { ConsoleTexts } from "../console/texts";

type TitledJob = Pick<BatchJob, "kind" | "act" | "role" | "from" | "to">;

/** Names a job by what it does, and to whom. */
export function batchJobTitle(texts: ConsoleTexts, job: TitledJob): string {
  const { t, locale } = texts;
  if (job.act !== null) return t(`people.job.titles.${job.act}`, { role: job.role?.[locale] ?? "" });
  if (job.from !== null && job.to !== null) {
    return t("people.job.titles.hand-over", { from: nameOf(texts, job.from), to: nameOf(texts, job.to) });
  }
  return t(job.kind === "import" ? "people.job.titles.import" : "people.job.titles.other");
}

function nameOf({ t }: ConsoleTexts, { id, name }: NonNullable<BatchJob["to"]>): string {
  return name ?? t("people.person.gone", { id: String(id) });
}

type ProgressOfJob = Pick<BatchJob, "kind" | "done" | "skipped" | "total" | "finished">;

/** Says how far a job is: in people, in lines of a file, or in records of whoever leaves. */
export function batchJobProgress({ t }: ConsoleTexts, { kind, done, skipped, total, finished }: ProgressOfJob): string {
  if (kind === "hand-over" && finished && done === 0) return t("people.job.nothingHeld");
  const what = kind === "hand-over" ? "records" : kind === "import" ? "lines" : "people";
  return t(`people.job.progress.${what}`, { done, skipped, total });
}
