import type { UserActor } from "@mgs/core/actor";
import type { Locale } from "@mgs/core/locale";
import type { Logger } from "@mgs/core/logger";
import type { Portal } from "@mgs/core/portals";
import { readRemoteAddress } from "@mgs/http/remote-address";
import { type Session, sessionActor } from "@mgs/identity/portal-session";
import type { ActionQuestion, ActionResult } from "@mgs/shell/actions/action-result";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { currentLocale } from "./current-locale";
import { toFormFailure } from "./form-failure";

/** What a server action works with: who calls it, in which language, and from where. */
export type ActionContext = { session: Session; actor: UserActor; locale: Locale; ip: string };

type Source = {
  portal: Portal;
  actionSession: (authorId?: number) => Promise<Session>;
  currentSession: () => Promise<Session | null>;
  runtime: () => { logger: Logger; trustedProxies: number };
};

/**
 * What an action answers: the text of its success, the address at which the page goes on, or what a `ConfirmedActionForm` asks before anything
 * is done.
 */
export type ActionAnswer = string | { redirect: string } | { question: ActionQuestion };

/**
 * Makes the function by which the server actions of buttons and forms run: it finds the actor, calls one use case, refreshes the
 * page, and turns refusals into texts.
 */
export function createActionRunner(source: Source) {
  return async function runAction(act: (context: ActionContext) => Promise<ActionAnswer>): Promise<ActionResult> {
    const runtime = source.runtime();
    try {
      const session = await source.actionSession();
      const actor = sessionActor(session, source.portal);
      const ip = readRemoteAddress(await headers(), runtime.trustedProxies);
      const answer = await act({ session, actor, locale: session.user.locale, ip });
      if (typeof answer !== "string") return { ok: true, message: "", ...answer };
      refresh();
      return { ok: true, message: answer };
    } catch (error) {
      return toFormFailure(error, await currentLocale(source.currentSession), runtime.logger);
    }
  };
}
