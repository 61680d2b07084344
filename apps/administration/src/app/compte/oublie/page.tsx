import { pageTitle } from "@mgs/portal/page-title";
import type { PageQuery } from "../../../features/account/account-context";
import { ForgottenPasswordPage } from "../../../features/account/forgotten-password-page";
import { currentSession } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.account.forgottenTitle);

export default async function ForgottenPassword({ searchParams }: { searchParams: Promise<PageQuery> }) {
  return <ForgottenPasswordPage query={await searchParams} />;
}
