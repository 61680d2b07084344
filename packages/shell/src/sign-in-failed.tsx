import type { Portal } from "@mgs/core/portals";
import { safeReturnTo, signInPath } from "@mgs/portal-auth/return-to";
import type { Session } from "@mgs/portal-auth/session";
import { redirect } from "next/navigation";
import { SignInErrorPage } from "./sign-in-error-page";

type SignInFailedProps = {
  portal: Portal;
  session: () => Promise<Session | null>;
  searchParams: Promise<{ error?: string | string[]; returnTo?: string | string[] }>;
};

/**
 * `/login/erreur`. Of the portal's own sign-in, the query tells where it was to lead: whoever is signed in by now, in
 * another tab or by the back button, goes there. Without, it is what the provider says about a client's request.
 */
export async function SignInFailed({ portal, session, searchParams }: SignInFailedProps) {
  const { error, returnTo } = await searchParams;
  const path = typeof returnTo === "string" ? safeReturnTo(returnTo) : null;
  // A database that is away must not take this page with it.
  if (path !== null && (await session().catch(() => null))) redirect(path);
  const code = typeof error === "string" ? error : "";
  return <SignInErrorPage portal={portal} code={code} {...(path === null ? {} : { again: signInPath(path) })} />;
}
