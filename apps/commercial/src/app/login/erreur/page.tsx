import { pageTitle } from "@mgs/portal/page-title";
import { SignInFailed } from "@mgs/portal/sign-in-failed";
import type { ComponentProps } from "react";
import { currentSession } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.auth.errorTitle);

type Props = Pick<ComponentProps<typeof SignInFailed>, "searchParams">;

export default function SignInError({ searchParams }: Props) {
  return <SignInFailed portal="commercial" session={currentSession} searchParams={searchParams} />;
}
