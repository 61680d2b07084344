import { getTrailEvent } from "@mgs/audit/trail/get-trail-event";
import { AppError } from "@mgs/core/errors";
import { createEventDescriber } from "@mgs/journal/describe-event";
import { readEventNames } from "@mgs/journal/event-names";
import { pageTitle } from "@mgs/portal/page-title";
import { notFound } from "next/navigation";
import { getPageContext } from "../../../../../features/console/console-context";
import type { SearchParams } from "../../../../../features/console/invalid-filters";
import { JournalEventPage } from "../../../../../features/console/journal/journal-event-page";
import { readSearch } from "../../../../../features/console/journal/journal-search";
import { journalTexts } from "../../../../../features/console/journal/journal-texts";
import { currentSession } from "../../../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.journal.title);

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default async function Page({ params, searchParams }: Props) {
  const [context, { id }, query] = await Promise.all([getPageContext(), params, searchParams]);
  if (!context) return null;
  const { runtime, actor, texts } = context;
  const event = await getTrailEvent(runtime, actor, id).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const describer = createEventDescriber(texts.locale, await readEventNames(runtime.database, [event]));
  return (
    <JournalEventPage
      texts={journalTexts(context)}
      event={event}
      describer={describer}
      search={readSearch(query, texts.timeZone)}
    />
  );
}
