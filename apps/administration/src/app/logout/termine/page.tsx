import { pageTitle } from "@mgs/portal/page-title";
import { SignedOutPage } from "@mgs/shell/signed-out-page";
import { currentSession } from "../../../composition";
import { portalLinks } from "../../../features/portal-links";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.auth.signedOutTitle);

export default function SignedOut() {
  return <SignedOutPage portals={portalLinks()} />;
}
