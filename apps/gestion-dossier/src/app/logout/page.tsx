import { pageTitle } from "@mgs/portal/page-title";
import { LogoutPage } from "@mgs/shell/logout-page";
import { currentSession, PageTexts } from "../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.logout.title);

type Props = { searchParams: Promise<{ error?: string | string[] }> };

export default async function Logout({ searchParams }: Props) {
  const userId = (await currentSession().catch(() => null))?.user.id;
  return (
    <PageTexts groups={["logout"]}>
      <LogoutPage portal="gestion-dossier" error={(await searchParams).error} userId={userId} />
    </PageTexts>
  );
}
