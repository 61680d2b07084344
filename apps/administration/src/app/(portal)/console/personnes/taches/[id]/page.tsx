import { showBatchJob } from "@mgs/identity/batches/show-batch-job";
import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../../../features/console/console-context";
import { LiveRegion } from "../../../../../../features/console/live-region";
import { BatchJobPage, BatchJobView } from "../../../../../../features/people/batch-job-page";
import { orNotFound } from "../../../../../../features/people/or-not-found";
import { currentSession } from "../../../../../../portal";
import { cancelJob, readJob } from "../../people.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.people.job.title);

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const context = await getPageContext();
  if (!context) return null;
  const { runtime, actor, texts } = context;
  const job = await orNotFound(showBatchJob(runtime, actor, (await params).id));
  const view = <BatchJobView texts={texts} job={job} cancel={cancelJob.bind(null, job.id)} />;
  return (
    <BatchJobPage texts={texts} job={job}>
      {job.finished ? (
        view
      ) : (
        <LiveRegion
          read={readJob.bind(null, job.id)}
          refreshSeconds={2}
          note=""
          staleNote={texts.t("people.job.running")}
        >
          {view}
        </LiveRegion>
      )}
    </BatchJobPage>
  );
}
