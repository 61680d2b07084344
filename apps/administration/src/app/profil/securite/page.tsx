import { profilePath } from "@mgs/core/portal-links";
import { pageTitle } from "@mgs/portal/page-title";
import { AccountFrame } from "@mgs/shell/layout/account-frame";
import { PageToasts } from "@mgs/shell/toasts/page-toasts";
import { proofReturnAddress } from "../../../features/proof/return-address";
import { readSecurity } from "../../../features/security/read-security";
import { SecurityCards } from "../../../features/security/security-cards";
import { currentSession, PageTexts, portal } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.security.title);

type Props = { searchParams: Promise<{ retour?: string | string[] }> };

/** `/profil/securite`: what the person who is signed in proves themself with. The profile of every portal links here. */
export default async function Page({ searchParams }: Props) {
  const { retour } = await searchParams;
  const view = await readSecurity();
  const back = retour === undefined ? profilePath() : proofReturnAddress(retour, portal.runtime().portalUrls);
  const { t } = view;
  return (
    <PageTexts groups={["passkey", "recoveryCodes", "notifications"]}>
      <AccountFrame title={t("title")} intro={t("intro")} back={{ href: back, label: t("back") }}>
        <SecurityCards {...view} />
      </AccountFrame>
      <PageToasts />
    </PageTexts>
  );
}
