import { AppError } from "@mgs/core/errors";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { PATH_HEADER } from "./path-header";
import { safeReturnTo, signInPath } from "./return-to";
import type { Session, SessionSource } from "./session";

/** Functions that pages and actions call; one look-up a request, however many ask. */
export function createGuard(sessions: () => Promise<SessionSource>) {
  const currentSession = cache(async (): Promise<Session | null> => {
    const source = await sessions();
    return source.find((await cookies()).get(source.cookieName)?.value);
  });

  /** The signed-in visitor; anybody else leaves for the sign-in and comes back to this page. */
  async function requireSession(): Promise<Session> {
    const session = await currentSession();
    if (session) return session;
    const path = (await headers()).get(PATH_HEADER);
    redirect(signInPath(safeReturnTo(path)));
  }

  /**
   * The signed-in caller of a server action. An action never leaves for the sign-in: that would take the page away, and what is
   * typed on it.
   * @param authorId who the form was rendered for: what they wrote is not sent in another person's name
   * @throws AppError SESSION_ENDED
   */
  async function actionSession(authorId?: number): Promise<Session> {
    const session = await currentSession();
    if (!session || (authorId !== undefined && session.user.id !== authorId)) throw new AppError("SESSION_ENDED");
    return session;
  }

  return { currentSession, requireSession, actionSession };
}
