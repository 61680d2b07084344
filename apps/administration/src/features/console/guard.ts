import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { type Session, sessionActor } from "@mgs/identity/portal-session";
import { readerZone } from "@mgs/portal/reader-zone";
import { cookies } from "next/headers";
import { actionSession, portal, requireSession } from "../../portal";
import { consoleModule } from "./module";
import { can } from "./permissions";
import { type ConsoleTexts, consoleTexts } from "./texts";

export type ConsoleVisit = ReturnType<typeof visit>;

function visit(actor: UserActor, texts: ConsoleTexts) {
  return { actor, texts, runtime: portal.runtime(), ...portal.services(consoleModule) };
}

/**
 * Who visits a page of the console, and what it needs. Null for a visitor who may not open it: the layout
 * shows the refusal, and the page has nothing to add. Each use case asks for its own permission.
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
  const actor = sessionActor(session, "administration");
  if (!session.mayOpen || !can(actor, "console.open")) return null;
  const jar = await cookies();
  const timeZone = readerZone(session.user, (name) => jar.get(name)?.value);
  return visit(actor, consoleTexts(session.user.locale, timeZone));
}
