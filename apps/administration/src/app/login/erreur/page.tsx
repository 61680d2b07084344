import { pageTitle } from "@mgs/shell/server/page-title";
import { SignInErrorPage } from "@mgs/shell/sign-in-error-page";
import { currentSession } from "../../../composition";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.auth.errorTitle);

type Props = { searchParams: Promise<{ error?: string | string[] }> };

export default async function SignInError({ searchParams }: Props) {
  const { error } = await searchParams;
  return <SignInErrorPage portal="administration" code={typeof error === "string" ? error : ""} />;
}
