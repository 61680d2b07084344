import { pageTitle } from "@mgs/portal/page-title";
import type { PageQuery } from "../../../features/account/account-context";
import { NotMePage } from "../../../features/account/not-me-page";
import { currentSession } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.account.notMeTitle);

export default async function NotMe({ searchParams }: { searchParams: Promise<PageQuery> }) {
  return <NotMePage query={await searchParams} />;
}
