import { signInPath } from "@mgs/core/portal-links";
import { isPortal } from "@mgs/core/portals";
import { messagesFor } from "@mgs/i18n/catalogue";
import { isSignInPage } from "@mgs/identity/account-links/links";
import { pageTitle } from "@mgs/portal/page-title";
import { PublicFrame } from "@mgs/shell/layout/public-frame";
import { buttonStyles } from "@mgs/ui/button";
import { accountTexts, type PageQuery, single } from "../../../features/account/account-context";
import { currentSession, portal } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.account.chosenTitle);

/** A password has been chosen: the way on is the sign-in of the portal in which the person works. */
export default async function PasswordChosen({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { t, locale } = await accountTexts();
  const query = await searchParams;
  const [named, goOn] = [single(query.portail), single(query.suite)];
  const workplace = isPortal(named) ? named : "administration";
  const name = messagesFor(locale).shell.portals[workplace];
  return (
    <PublicFrame portal={workplace} title={t("chosenTitle")} intro={t("chosenText")}>
      <a
        href={isSignInPage(goOn) ? goOn : portal.runtime().portalUrls[workplace] + signInPath()}
        className={`${buttonStyles()} w-full`}
      >
        {t("signIn", { portal: name })}
      </a>
    </PublicFrame>
  );
}
