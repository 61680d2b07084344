import { pageTitle } from "@mgs/portal/page-title";
import { readSecurity } from "../../../../features/security/read-security";
import { SecurityPage } from "../../../../features/security/security-page";
import { currentSession, PageTexts } from "../../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.security.title);

/** `/profil/securite`: what a person proves themself with. Other portals link here. */
export default async function Page() {
  return (
    <PageTexts groups={["passkey", "recoveryCodes"]}>
      <SecurityPage {...(await readSecurity())} />
    </PageTexts>
  );
}
