import { consoleNavigation } from "@mgs/console/navigation";
import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { type Session, sessionActor } from "@mgs/identity/portal-session";
import { readerZone } from "@mgs/portal/reader-zone";
import { PATH_HEADER } from "@mgs/portal-auth/path-header";
import { cookies, headers } from "next/headers";
import { notFound } from "next/navigation";
import { actionSession, portal, requireSession } from "../../portal";
import { consoleModule } from "./module";
import { can } from "./permissions";
import { type ConsoleTexts, consoleTexts } from "./texts";

export type ConsoleContext = ReturnType<typeof createContext>;

function createContext(actor: UserActor, texts: ConsoleTexts) {
  return { actor, texts, runtime: portal.runtime(), ...portal.services(consoleModule) };
}

/**
 * Returns what a page of the console works with: its actor, texts and services. It returns null for a person who may not open
 * the console: the layout then shows the refusal. A page that the navigation does not offer them is not found. Each use case asks
 * for its own permission.
 */
export async function getPageContext(): Promise<ConsoleContext | null> {
  const context = await contextOf(await requireSession());
  if (context && !isOffered((await headers()).get(PATH_HEADER) ?? "", context.actor)) notFound();
  return context;
}

function isOffered(path: string, actor: UserActor): boolean {
  const { pathname } = new URL(path, "http://own.invalid");
  const entry = consoleNavigation.pages?.find(({ href }) => pathname === href || pathname.startsWith(`${href}/`));
  return entry?.isOpenTo?.(actor) ?? true;
}

/** Returns the same for a server action. @throws AppError SESSION_ENDED */
export async function getActionContext(authorId?: number): Promise<ConsoleContext | null> {
  return contextOf(await actionSession(authorId));
}

/** Returns the same for an action that a page polls; it returns null also when the session has ended. */
export function getPollContext(): Promise<ConsoleContext | null> {
  return getActionContext().catch((error: unknown) => {
    if (error instanceof AppError && error.code === "SESSION_ENDED") return null;
    throw error;
  });
}

async function contextOf(session: Session): Promise<ConsoleContext | null> {
  const actor = sessionActor(session, "administration");
  if (!session.mayOpen || !can(actor, "console.open")) return null;
  const jar = await cookies();
  const timeZone = readerZone(session.user, (name) => jar.get(name)?.value);
  return createContext(actor, consoleTexts(session.user.locale, timeZone));
}
