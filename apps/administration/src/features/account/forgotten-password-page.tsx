import { dashboardPath, signInPath } from "@mgs/core/portal-links";
import { forgottenPasswordFormPath } from "@mgs/identity/account-links/links";
import { PublicFrame } from "@mgs/shell/layout/public-frame";
import { Alert } from "@mgs/ui/alert";
import { buttonStyles } from "@mgs/ui/button";
import { textLinkStyles } from "@mgs/ui/text-link";
import { accountTexts, type PageQuery, readRefusal, single } from "./account-context";
import { EmailField } from "./email-field";

/** Asks for the address of an account whose password is forgotten. Its answer is the same whether or not there is one. */
export async function ForgottenPasswordPage({ query }: { query: PageQuery }) {
  const { t, locale } = await accountTexts();
  const back = (
    <a href={signInPath(dashboardPath())} className={textLinkStyles}>
      {t("backToSignIn")}
    </a>
  );
  if (single(query.envoye) === "1") {
    return (
      <PublicFrame portal="administration" title={t("sentTitle")} intro={t("sentText")}>
        {back}
      </PublicFrame>
    );
  }
  const refusal = readRefusal(query, locale);
  const minutes = Math.ceil(Math.min(Number(single(query.retry)) || 0, 86_400) / 60);
  return (
    <PublicFrame portal="administration" title={t("forgottenTitle")} intro={t("forgottenIntro")}>
      <form method="post" action={forgottenPasswordFormPath()} className="grid gap-6">
        {refusal && !refusal.field ? (
          <Alert tone="danger">
            <p>{refusal.message}</p>
            {minutes > 0 ? <p className="mt-1 font-medium">{t("retryIn", { minutes })}</p> : null}
          </Alert>
        ) : null}
        <EmailField label={t("email")} error={refusal?.field ?? undefined} />
        <button type="submit" className={`${buttonStyles()} w-full`}>
          {t("send")}
        </button>
        <p className="text-center">{back}</p>
      </form>
    </PublicFrame>
  );
}
