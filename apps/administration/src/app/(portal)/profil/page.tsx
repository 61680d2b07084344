import { pageTitle } from "@mgs/portal/page-title";
import { listTimeZones } from "@mgs/portal/reader-zone";
import { ProfilePage } from "@mgs/shell/profile-page";
import { currentSession, PageTexts, requireSession } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.profile.title);

export default async function Page() {
  await requireSession();
  return (
    <PageTexts groups={["profile"]}>
      <ProfilePage timeZones={listTimeZones()} />
    </PageTexts>
  );
}
