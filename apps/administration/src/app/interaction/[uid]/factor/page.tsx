import { AppError, ERROR_STATUS, type ErrorCode } from "@mgs/core/errors";
import { messagesFor } from "@mgs/i18n/catalogue";
import { errorMessage } from "@mgs/i18n/translate";
import { interactionPath, RECOVERY_PARAMETER } from "@mgs/oidc/links";
import { viewSecondFactor } from "@mgs/oidc/sign-in/view-second-factor";
import { currentLocale } from "@mgs/portal/current-locale";
import { pageTitle } from "@mgs/portal/page-title";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { SecondFactorPage } from "../../../../features/sign-in/second-factor-page";
import { currentSession, PageTexts, portal } from "../../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.secondFactor.title);

type Props = {
  params: Promise<{ uid: string }>;
  searchParams: Promise<Partial<Record<"error" | "retry" | typeof RECOVERY_PARAMETER, string | string[]>>>;
};

/** The page after the password: it asks for the second factor, or leads through its set-up. */
export default async function Page({ params, searchParams }: Props) {
  const [{ uid }, query, jar, locale] = await Promise.all([
    params,
    searchParams,
    cookies(),
    currentLocale(currentSession),
  ]);
  const sent = Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value]));
  const provider = await portal.signIn().provider();
  const view = await viewSecondFactor(portal.runtime(), provider, { uid, cookies: sent }).catch((error: unknown) => {
    if (error instanceof AppError) return error.code;
    throw error;
  });
  // The interaction's page knows how to go on: it asks for the password again, or leads to the client.
  if (typeof view === "string")
    redirect(`${interactionPath(uid)}${view === "SIGN_IN_EXPIRED" ? "?error=SIGN_IN_EXPIRED" : ""}`);
  const code = isErrorCode(query.error) ? query.error : null;
  const retry = typeof query.retry === "string" ? Math.min(Number(query.retry) || 0, 86_400) : 0;
  return (
    <PageTexts groups={["passkey", "signIn", "recoveryCodes"]}>
      <SecondFactorPage
        view={view}
        texts={messagesFor(locale).secondFactor}
        problem={code && { code, message: errorMessage(code, locale), retrySeconds: retry }}
        isRecovery={query[RECOVERY_PARAMETER] !== undefined}
      />
    </PageTexts>
  );
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && code in ERROR_STATUS;
}
