import type { Portal } from "@mgs/core/portals";
import { safeReturnTo, signInPath } from "@mgs/http/return-to";
import type { Session } from "@mgs/identity/portal-session";
import type { PortalLink } from "@mgs/shell/shell-context";
import { SignInErrorPage } from "@mgs/shell/sign-in-error-page";
import { redirect } from "next/navigation";
import { PageTexts } from "./page-texts";

type SignInFailedProps = {
  portal: Portal;
  session: () => Promise<Session | null>;
  searchParams: Promise<{
    error?: string | string[];
    returnTo?: string | string[];
    client?: string | string[];
  }>;
  /** Where other clients' visitors go on: administration alone speaks for the provider. */
  portals?: readonly PortalLink[];
};

/**
 * `/login/erreur`. Of the portal's own sign-in, the query tells where it was to lead: whoever is signed in by now, in
 * another tab or by the back button, goes there. Without, it is what the provider says about a client's request, and the
 * way on is that client's.
 */
export async function SignInFailed({ portal, session, searchParams, portals = [] }: SignInFailedProps) {
  const { error, returnTo, client } = await searchParams;
  const path = typeof returnTo === "string" ? safeReturnTo(returnTo) : null;
  // A database that is away must not take this page with it.
  if (path !== null && (await session().catch(() => null))) redirect(path);
  const code = typeof error === "string" ? error : "";
  const asking = path === null ? portals.find((link) => link.portal === client) : undefined;
  const again = asking ? asking.url + signInPath("/") : path === null ? undefined : signInPath(path);
  return (
    <PageTexts session={session} groups={["auth"]}>
      <SignInErrorPage
        portal={asking?.portal ?? portal}
        code={code}
        {...(again === undefined ? {} : { again })}
        {...(again === undefined && portals.length > 0 ? { portals } : {})}
      />
    </PageTexts>
  );
}
