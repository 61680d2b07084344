import { AppError, ERROR_STATUS, type ErrorCode } from "@mgs/core/errors";
import { errorMessage } from "@mgs/i18n/translate";
import { findInteractionFallback, viewInteraction } from "@mgs/oidc/interaction";
import { consentFormPath, loginFormPath } from "@mgs/oidc/links";
import { currentLocale } from "@mgs/portal/current-locale";
import { pageTitle } from "@mgs/portal/page-title";
import { ConsentForm } from "@mgs/shell/consent-form";
import { SignInErrorPage } from "@mgs/shell/sign-in-error-page";
import { SignInForm } from "@mgs/shell/sign-in-form";
import { SignedInElsewhere } from "@mgs/shell/signed-in-elsewhere";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { portalLinks } from "../../../features/portal-links";
import { currentSession, PageTexts, portal } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.signIn.title);

type Props = {
  params: Promise<{ uid: string }>;
  searchParams: Promise<{ error?: string | string[]; retry?: string | string[] }>;
};

/** The page of an interaction: the provider waits for the visitor's sign-in or consent. */
export default async function InteractionPage({ params, searchParams }: Props) {
  const [{ uid }, query, jar, locale] = await Promise.all([
    params,
    searchParams,
    cookies(),
    currentLocale(currentSession),
  ]);
  const provider = await portal.signIn().provider();
  const sent = Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value]));
  const view = await viewInteraction(provider, { uid, cookies: sent }).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  const session = await currentSession();
  if (!view) return <LeaveInteraction uid={uid} signedIn={session !== null} />;
  const code = isErrorCode(query.error) ? query.error : null;
  const retryAfter = typeof query.retry === "string" ? Math.min(Number(query.retry) || 0, 86_400) : null;
  const problem = code && { message: errorMessage(code, locale), retryAfter };
  if (view.prompt === "consent") {
    return (
      <PageTexts groups={["consent"]}>
        <ConsentForm
          action={consentFormPath(uid)}
          clientName={view.client.name}
          email={session?.user.email ?? ""}
          scopes={view.scopes}
          allowed={view.allowed}
          problem={problem?.message ?? null}
        />
      </PageTexts>
    );
  }
  // The visitor has signed in in another tab: this one continues without a form.
  if (session && !view.mustAsk) redirect(view.restart);
  return (
    <PageTexts groups={["signIn", "passkey"]}>
      <SignedInElsewhere />
      <SignInForm
        action={loginFormPath(uid)}
        client={view.client.firstParty ? view.client.id : view.client.name}
        email={view.loginHint}
        ended={view.ended}
        problem={problem}
      />
    </PageTexts>
  );
}

/**
 * Leads from an interaction that this browser cannot answer to its client: by a redirect when the interaction has ended; by a
 * link when it belongs to another browser, since that may be this one after it has lost its cookies.
 */
async function LeaveInteraction({ uid, signedIn }: { uid: string; signedIn: boolean }) {
  const provider = await portal.signIn().provider();
  const fallback = await findInteractionFallback(provider, uid);
  if (fallback && (fallback.isOver || signedIn)) redirect(fallback.restart);
  return (
    <PageTexts groups={["auth"]}>
      <SignInErrorPage
        portal="administration"
        code="INTERACTION_NOT_FOUND"
        {...(fallback ? { again: fallback.restart } : { portals: portalLinks() })}
      />
    </PageTexts>
  );
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && code in ERROR_STATUS;
}
