import { AppError } from "@mgs/core/errors";
import { getSent } from "@mgs/notifications/admin/get-sent";
import { pageTitle } from "@mgs/portal/page-title";
import { notFound } from "next/navigation";
import { visitConsole } from "../../../../../features/console/guard";
import { SentDetailPage } from "../../../../../features/console/sent/sent-detail-page";
import { readSearch, type SearchParams } from "../../../../../features/console/sent/sent-search";
import { sentTexts } from "../../../../../features/console/sent/sent-texts";
import { currentSession } from "../../../../../portal";
import { retry } from "../retry.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.sent.title);

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default async function Page({ params, searchParams }: Props) {
  const [visit, { id }, query] = await Promise.all([visitConsole(), params, searchParams]);
  if (!visit) return null;
  const item = await getSent(visit.runtime, visit.actor, id).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const texts = await sentTexts(visit);
  return <SentDetailPage texts={texts} item={item} search={readSearch(query, visit.texts.timeZone)} retry={retry} />;
}
