import { ProfilePage } from "@mgs/shell/profile-page";
import { pageTitle } from "@mgs/shell/server/page-title";
import { currentSession, requireSession } from "../../../composition";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.shell.profile.title);

export default async function Page() {
  await requireSession();
  return <ProfilePage />;
}
