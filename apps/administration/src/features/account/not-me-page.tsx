import { AppError } from "@mgs/core/errors";
import type { ReportPurpose } from "@mgs/identity/account-links/account-link";
import { accountLinkFormPath } from "@mgs/identity/account-links/links";
import { openReport } from "@mgs/identity/account-links/open-link";
import { openNotice } from "@mgs/identity/account-links/open-notice";
import { sessionActor } from "@mgs/identity/portal-session";
import { PublicFrame } from "@mgs/shell/layout/public-frame";
import { buttonStyles } from "@mgs/ui/button";
import { portal, requireSession } from "../../portal";
import { accountTexts, type PageQuery, single } from "./account-context";
import { InvalidLink } from "./invalid-link";

/**
 * "It was not me": says what the button does, and changes nothing until it is pressed. A mail's link comes with a token and works without a
 * session; the bell's comes with a notice's id, and the visitor signs in.
 */
export async function NotMePage({ query }: { query: PageQuery }) {
  if (single(query.ferme) !== "") return <AccountClosed />;
  const link = await findLink(query).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (!link) return <InvalidLink purpose="not-me" />;
  const { t } = await accountTexts();
  return (
    <PublicFrame
      portal="administration"
      title={t("notMeTitle")}
      intro={<p className="break-words">{t("notMeIntro", { email: link.email })}</p>}
    >
      <ul className="grid list-disc gap-2 ps-5">
        <li>{t("notMeSessions")}</li>
        <li>{t(link.purpose === "address-changed" ? "notMeClosed" : "notMePassword")}</li>
        <li>{t("notMeAdded")}</li>
      </ul>
      <form method="post" action={accountLinkFormPath("not-me")} className="mt-6">
        <input type="hidden" name="token" value={link.token} />
        <button type="submit" className={`${buttonStyles({ variant: "danger" })} w-full`}>
          {t("notMeSubmit")}
        </button>
      </form>
      <p className="mt-4 text-muted text-sm">{t("notMeKeep")}</p>
    </PublicFrame>
  );
}

/** After a report from an address that the account had before. */
async function AccountClosed() {
  const { t } = await accountTexts();
  return <PublicFrame portal="administration" title={t("closedTitle")} intro={t("closedText")} />;
}

async function findLink(query: PageQuery): Promise<{ email: string; purpose: ReportPurpose; token: string }> {
  const notice = single(query.avis);
  if (notice === "") {
    const token = single(query.jeton);
    return { ...(await openReport(portal.runtime(), { token })), token };
  }
  const session = await requireSession();
  return openNotice(portal.runtime(), sessionActor(session, "administration"), { linkId: notice });
}
