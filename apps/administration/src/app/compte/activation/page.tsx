import { pageTitle } from "@mgs/portal/page-title";
import type { PageQuery } from "../../../features/account/account-context";
import { ChoosePasswordPage } from "../../../features/account/choose-password-page";
import { currentSession } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.account.activationTitle);

export default async function Activation({ searchParams }: { searchParams: Promise<PageQuery> }) {
  return <ChoosePasswordPage purpose="invitation" query={await searchParams} />;
}
