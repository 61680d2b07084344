import { profilePath, securityPath } from "@mgs/core/portal-links";
import { pageTitle } from "@mgs/portal/page-title";
import { listTimeZones } from "@mgs/portal/reader-zone";
import { ProfilePage } from "@mgs/shell/profile-page";
import { currentSession, PageTexts, portal, requireSession } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.profile.title);

export default async function Page() {
  await requireSession();
  const { ownOrigin, portalUrls } = portal.runtime();
  const security = `${portalUrls.administration}${securityPath(`${ownOrigin}${profilePath()}`)}`;
  return (
    <PageTexts groups={["profile"]}>
      <ProfilePage timeZones={listTimeZones()} security={security} />
    </PageTexts>
  );
}
