import { LogoutPage } from "@mgs/shell/logout-page";
import { pageTitle } from "@mgs/shell/server/page-title";
import { currentSession } from "../../composition";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.shell.logout.title);

export default function Logout() {
  return <LogoutPage portal="commercial" />;
}
