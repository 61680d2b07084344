import { AppError, ERROR_STATUS, type ErrorCode } from "@mgs/core/errors";
import { errorMessage } from "@mgs/i18n/translate";
import { SSO_COOKIES } from "@mgs/oidc/cookies";
import { viewInteraction } from "@mgs/oidc/interaction";
import { ConsentForm } from "@mgs/shell/consent-form";
import { currentLocale } from "@mgs/shell/server/current-locale";
import { pageTitle } from "@mgs/shell/server/page-title";
import { SignInErrorPage } from "@mgs/shell/sign-in-error-page";
import { SignInForm } from "@mgs/shell/sign-in-form";
import { SignedInElsewhere } from "@mgs/shell/signed-in-elsewhere";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { composition, currentSession } from "../../../composition";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.shell.signIn.title);

type Props = {
  params: Promise<{ uid: string }>;
  searchParams: Promise<{ error?: string | string[]; retry?: string | string[] }>;
};

/** What the provider needs of the visitor before it goes on: a sign-in, or a consent. */
export default async function InteractionPage({ params, searchParams }: Props) {
  const [{ uid }, query, jar, locale] = await Promise.all([
    params,
    searchParams,
    cookies(),
    currentLocale(currentSession),
  ]);
  const { provider } = await composition();
  const cookie = jar.get(SSO_COOKIES.interaction)?.value;
  const view = await viewInteraction(provider, { uid, cookie }).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (!view) return <SignInErrorPage portal="administration" code="INTERACTION_NOT_FOUND" />;
  const session = await currentSession();
  if (view.prompt === "consent") {
    return (
      <ConsentForm
        action={`/interaction/${uid}/consent`}
        clientName={view.client.name}
        email={session?.user.email ?? ""}
        scopes={view.missingScopes}
      />
    );
  }
  // Signed in meanwhile in another tab: this one goes on without asking again.
  if (session && !view.mustAsk) redirect(view.restart);
  const code = isErrorCode(query.error) ? query.error : null;
  const retryAfter = typeof query.retry === "string" ? Math.min(Number(query.retry) || 0, 86_400) : null;
  return (
    <>
      <SignedInElsewhere />
      <SignInForm
        action={`/interaction/${uid}/login`}
        client={view.client.firstParty ? view.client.id : view.client.name}
        problem={code && { message: errorMessage(code, locale), retryAfter }}
      />
    </>
  );
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && code in ERROR_STATUS;
}
