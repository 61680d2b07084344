import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Session } from "@mgs/identity/portal-session";
import { readerZone } from "@mgs/portal/reader-zone";
import { sessionActor } from "@mgs/portal-auth/authenticate";
import { cookies } from "next/headers";
import { actionSession, portal, requireSession } from "../../portal";
import { consoleModule } from "./module";
import { type ConsoleTexts, consoleTexts } from "./texts";

export type ConsoleVisit = ReturnType<typeof visit>;

function visit(actor: UserActor, texts: ConsoleTexts) {
  return { actor, texts, runtime: portal.runtime(), ...portal.services(consoleModule) };
}

/**
 * Who visits a page of the console, and what it needs. Null for a role that Administration is not open to: the layout
 * shows the refusal, and the page has nothing to add. Each use case checks the role again.
 */
export async function visitConsole(): Promise<ConsoleVisit | null> {
  return visitOf(await requireSession());
}

/** The same for a server action. @throws AppError SESSION_ENDED */
export async function actOnConsole(authorId?: number): Promise<ConsoleVisit | null> {
  return visitOf(await actionSession(authorId));
}

/** The same for what a page asks every few seconds: null as well when the session is over. */
export function lookAtConsole(): Promise<ConsoleVisit | null> {
  return actOnConsole().catch((error: unknown) => {
    if (error instanceof AppError && error.code === "SESSION_ENDED") return null;
    throw error;
  });
}

async function visitOf(session: Session): Promise<ConsoleVisit | null> {
  if (!session.mayOpen || session.user.role !== "administrateur") return null;
  const actor = sessionActor(session, "administration");
  if (actor.kind !== "user") return null;
  const jar = await cookies();
  const timeZone = readerZone(session.user, (name) => jar.get(name)?.value);
  return visit(actor, consoleTexts(session.user.locale, timeZone));
}
