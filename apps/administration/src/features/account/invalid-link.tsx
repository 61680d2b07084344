import { forgottenPasswordPath } from "@mgs/core/portal-links";
import type { AccountLinkPurpose } from "@mgs/identity/account-links/account-link";
import { PublicFrame } from "@mgs/shell/layout/public-frame";
import { buttonStyles } from "@mgs/ui/button";
import { accountTexts } from "./account-context";

/** Says that a link is not valid, whatever the reason, and nothing about an account. */
export async function InvalidLink({ purpose }: { purpose: AccountLinkPurpose }) {
  const { t } = await accountTexts();
  return (
    <PublicFrame portal="administration" title={t("invalidTitle")} intro={t("invalidText")}>
      {purpose === "invitation" ? (
        <p className="text-muted">{t("invalidInvitation")}</p>
      ) : (
        <a href={forgottenPasswordPath()} className={`${buttonStyles()} w-full`}>
          {t("askAgain")}
        </a>
      )}
    </PublicFrame>
  );
}
