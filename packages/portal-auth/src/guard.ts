import { AppError } from "@mgs/core/errors";
import { safeReturnTo, signInPath } from "@mgs/http/return-to";
import type { Session, SessionSource } from "@mgs/identity/portal-session";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { PATH_HEADER } from "./path-header";

/**
 * Functions by which pages and actions know their visitor; one look-up a request, however often they are called.
 * @param onAct called once before an action acts for its caller, with the path of its page
 */
export function createGuard(
  sessions: () => Promise<SessionSource>,
  onAct: (session: Session, path: string) => Promise<void> = async () => undefined,
) {
  const recordAct = cache(async (session: Session): Promise<void> => {
    await onAct(session, (await headers()).get(PATH_HEADER) ?? "");
  });

  const currentSession = cache(async (): Promise<Session | null> => {
    const source = await sessions();
    return source.find((await cookies()).get(source.cookieName)?.value);
  });

  /** The signed-in visitor of a page; every other visitor is redirected to the sign-in and comes back to this page. */
  async function requireSession(): Promise<Session> {
    const session = await currentSession();
    if (session) return session;
    const path = (await headers()).get(PATH_HEADER);
    redirect(signInPath(safeReturnTo(path)));
  }

  /**
   * The signed-in caller of a server action. An action never redirects to the sign-in: that would take the page away, and
   * what is typed on it.
   * @param authorId the person that the form was rendered for: their text is not sent in another person's name
   * @throws AppError SESSION_ENDED
   */
  async function actionSession(authorId?: number): Promise<Session> {
    const session = await currentSession();
    if (!session || (authorId !== undefined && session.user.id !== authorId)) throw new AppError("SESSION_ENDED");
    await recordAct(session);
    return session;
  }

  return { currentSession, requireSession, actionSession };
}
