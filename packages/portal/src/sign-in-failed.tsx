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
  /** Portals that the page offers to visitors of other clients; administration has them, because it hosts the provider. */
  portals?: readonly PortalLink[];
};

/**
 * Renders `/login/erreur`. For the portal's own sign-in the query has the page to return to: a visitor who has signed in
 * meanwhile, such as in another tab, is redirected there. Without it the page shows the provider's error about a client's
 * request, and sends the visitor back to that client.
 */
export async function SignInFailed({ portal, session, searchParams, portals = [] }: SignInFailedProps) {
  const { error, returnTo, client } = await searchParams;
  const path = typeof returnTo === "string" ? safeReturnTo(returnTo) : null;
  // The page renders without a session while the database is away.
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
