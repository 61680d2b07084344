import { AppError } from "@mgs/core/errors";
import { DEFAULT_TIME_ZONE } from "@mgs/core/time-zone";
import { currentLocale } from "@mgs/portal/current-locale";
import { toFormFailure } from "@mgs/portal/form-failure";
import { refresh } from "next/cache";
import { currentSession, portal } from "../../portal";
import type { ActionResult } from "./action-result";
import { type ConsoleContext, getActionContext } from "./console-context";
import { consoleTexts } from "./texts";

/** Runs a server action of the console: it finds the actor, calls one use case, refreshes the page, and returns a text. */
export async function runAction(act: (context: ConsoleContext) => Promise<string>): Promise<ActionResult> {
  try {
    const context = await getActionContext();
    if (!context) throw new AppError("FORBIDDEN");
    const message = await act(context);
    refresh();
    return { ok: true, message };
  } catch (error) {
    const locale = await currentLocale(currentSession);
    const { code, message } = toFormFailure(error, locale, portal.runtime().logger);
    return { ok: false, code, message: consoleTexts(locale, DEFAULT_TIME_ZONE).t("actionFailed", { reason: message }) };
  }
}
