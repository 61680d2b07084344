import { UUID_PATTERN } from "@mgs/core/ids";
import { QUEUES } from "@mgs/jobs/queues";
import { pageTitle } from "@mgs/portal/page-title";
import { visitConsole } from "../../../../features/console/guard";
import { QueueCards } from "../../../../features/console/queues/queue-cards";
import { readQueuesLive } from "../../../../features/console/queues/queues-live";
import { QueuesPage } from "../../../../features/console/queues/queues-page";
import { currentSession } from "../../../../portal";
import { pause, read, resume, retry, retryAll } from "./queues.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.queues.title);

type Props = { searchParams: Promise<{ queue?: string | string[]; cursor?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const [visit, query] = await Promise.all([visitConsole(), searchParams]);
  if (!visit) return null;
  const live = await readQueuesLive(visit, visit.actor);
  const queue = QUEUES.find((name) => name === query.queue);
  const cursor = typeof query.cursor === "string" && UUID_PATTERN.test(query.cursor) ? query.cursor : undefined;
  const counted = live.queues.filter((one) => queue === undefined || one.queue === queue);
  return (
    <QueuesPage
      visit={visit}
      search={{ queue, cursor }}
      cards={<QueueCards texts={visit.texts} live={live} pause={pause} resume={resume} />}
      read={read}
      retry={retry}
      retryAll={retryAll}
      dead={counted.reduce((sum, one) => sum + one.outbox.dead, 0)}
      at={live.at}
    />
  );
}
