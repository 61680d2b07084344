import { pageTitle } from "@mgs/portal/page-title";
import { SignedOutPage } from "@mgs/shell/signed-out-page";
import { portalLinks } from "../../../features/portal-links";
import { currentSession, PageTexts } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.auth.signedOutTitle);

export default function SignedOut() {
  return (
    <PageTexts groups={["auth"]}>
      <SignedOutPage portals={portalLinks()} />
    </PageTexts>
  );
}
