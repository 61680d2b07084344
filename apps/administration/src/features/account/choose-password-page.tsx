import { AppError } from "@mgs/core/errors";
import { accountLinkFormPath } from "@mgs/identity/account-links/links";
import { openLink } from "@mgs/identity/account-links/open-link";
import { PasswordField } from "@mgs/shell/auth/password-field";
import { PublicFrame } from "@mgs/shell/layout/public-frame";
import { Alert } from "@mgs/ui/alert";
import { buttonStyles } from "@mgs/ui/button";
import { portal } from "../../portal";
import { accountTexts, type PageQuery, readRefusal, single } from "./account-context";
import { InvalidLink } from "./invalid-link";

type ChoosePasswordPageProps = { purpose: "invitation" | "password-reset"; query: PageQuery };

/** The page of an invitation, or of a forgotten password's link. Showing it changes nothing; its form is the act. */
export async function ChoosePasswordPage({ purpose, query }: ChoosePasswordPageProps) {
  const token = single(query.jeton);
  const { t, locale } = await accountTexts();
  const link = await openLink(portal.runtime(), { token, purpose }).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (!link) return <InvalidLink purpose={purpose} />;
  const refusal = readRefusal(query, locale);
  const key = purpose === "invitation" ? "activation" : "reset";
  return (
    <PublicFrame
      portal="administration"
      title={t(`${key}Title`)}
      intro={<p className="break-words">{t(`${key}Intro`, { email: link.email })}</p>}
    >
      <form method="post" action={accountLinkFormPath(purpose)} className="grid gap-6">
        {refusal && !refusal.field ? <Alert tone="danger">{refusal.message}</Alert> : null}
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="suite" value={single(query.suite)} />
        {/* Password managers keep the new password under this name. */}
        <input type="email" name="email" value={link.email} autoComplete="username" readOnly hidden />
        <PasswordField
          name="password"
          label={t("newPassword")}
          description={t("rule")}
          autoComplete="new-password"
          error={refusal?.field ?? undefined}
        />
        <button type="submit" className={`${buttonStyles()} w-full`}>
          {t("save")}
        </button>
      </form>
    </PublicFrame>
  );
}
