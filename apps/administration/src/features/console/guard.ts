import type { UserActor } from "@mgs/core/actor";
import { sessionActor } from "@mgs/portal-auth/authenticate";
import { composition, requireSession } from "../../composition";
import { type ConsoleTexts, consoleTexts } from "./texts";

export type ConsoleVisit = Awaited<ReturnType<typeof visit>>;

async function visit(actor: UserActor, texts: ConsoleTexts) {
  const { runtime, queueMonitor } = await composition();
  return { actor, texts, runtime, queueMonitor };
}

/**
 * Who visits a page of the console, and what it needs. Null for a role that Administration is not open to: the layout
 * shows the refusal, and the page has nothing to add. Each use case checks the role again.
 */
export async function visitConsole(): Promise<ConsoleVisit | null> {
  const session = await requireSession();
  if (!session.mayOpen || session.user.role !== "administrateur") return null;
  const actor = sessionActor(session, "administration");
  if (actor.kind !== "user") return null;
  return visit(actor, consoleTexts(session.user.locale));
}
