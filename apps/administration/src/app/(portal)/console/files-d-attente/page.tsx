import { UUID_PATTERN } from "@mgs/core/ids";
import { QUEUES } from "@mgs/jobs/queues";
import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import { QueueCards } from "../../../../features/console/queues/queue-cards";
import { readQueuesLive } from "../../../../features/console/queues/queues-live";
import { QueuesPage } from "../../../../features/console/queues/queues-page";
import { currentSession } from "../../../../portal";
import { pause, read, resume, retry, retryAll } from "./queues.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.queues.title);

type Props = { searchParams: Promise<{ queue?: string | string[]; cursor?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const [context, query] = await Promise.all([getPageContext(), searchParams]);
  if (!context) return null;
  const live = await readQueuesLive(context, context.actor);
  const queue = QUEUES.find((name) => name === query.queue);
  const cursor = typeof query.cursor === "string" && UUID_PATTERN.test(query.cursor) ? query.cursor : undefined;
  const counted = live.queues.filter((one) => queue === undefined || one.queue === queue);
  return (
    <QueuesPage
      context={context}
      search={{ queue, cursor }}
      cards={<QueueCards texts={context.texts} live={live} pause={pause} resume={resume} />}
      read={read}
      retry={retry}
      retryAll={retryAll}
      dead={counted.reduce((sum, one) => sum + one.outbox.dead, 0)}
      at={live.at}
    />
  );
}
