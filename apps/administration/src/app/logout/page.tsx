import { findLogoutSecret } from "@mgs/oidc/sso-session";
import { pageTitle } from "@mgs/portal/page-title";
import { LogoutPage } from "@mgs/shell/logout-page";
import { cookies } from "next/headers";
import { currentSession, PageTexts, portal } from "../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.logout.title);

type Props = { searchParams: Promise<{ client?: string | string[]; error?: string | string[] }> };

/** Asks for a confirmation of the logout. When a client has started it (RP-initiated logout) the provider gets the answer. */
export default async function Logout({ searchParams }: Props) {
  const { client, error } = await searchParams;
  const runtime = portal.runtime();
  const { sessions } = portal.signIn();
  const userId = (await currentSession())?.user.id;
  const secret = client ? await findLogoutSecret(runtime, (await cookies()).get(sessions.cookieName)?.value) : null;
  const form = secret === null ? {} : { action: "/oauth/logout/confirm", client: { xsrf: secret } };
  return (
    <PageTexts groups={["logout"]}>
      <LogoutPage portal="administration" {...form} error={error} userId={userId} />
    </PageTexts>
  );
}
