import { AppError } from "@mgs/core/errors";
import { getSent } from "@mgs/notifications/admin/get-sent";
import { pageTitle } from "@mgs/portal/page-title";
import { notFound } from "next/navigation";
import { getPageContext } from "../../../../../features/console/console-context";
import type { SearchParams } from "../../../../../features/console/invalid-filters";
import { SentDetailPage } from "../../../../../features/console/sent/sent-detail-page";
import { readSearch } from "../../../../../features/console/sent/sent-search";
import { sentTexts } from "../../../../../features/console/sent/sent-texts";
import { currentSession } from "../../../../../portal";
import { retry } from "../retry.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.sent.title);

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default async function Page({ params, searchParams }: Props) {
  const [context, { id }, query] = await Promise.all([getPageContext(), params, searchParams]);
  if (!context) return null;
  const item = await getSent(context.runtime, context.actor, id).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const texts = await sentTexts(context);
  return <SentDetailPage texts={texts} item={item} search={readSearch(query, context.texts.timeZone)} retry={retry} />;
}
