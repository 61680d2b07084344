import { AppError } from "@mgs/core/errors";
import { DEFAULT_TIME_ZONE } from "@mgs/core/time-zone";
import { currentLocale } from "@mgs/portal/current-locale";
import { formFailure } from "@mgs/portal/form-failure";
import { refresh } from "next/cache";
import { currentSession, portal } from "../../portal";
import type { ActionResult } from "./action-result";
import { actOnConsole, type ConsoleVisit } from "./guard";
import { consoleTexts } from "./texts";

/** What every action of the console does alike: who asks, one use case, a text about it, and the page as it now is. */
export async function runAction(act: (visit: ConsoleVisit) => Promise<string>): Promise<ActionResult> {
  try {
    const visit = await actOnConsole();
    if (!visit) throw new AppError("FORBIDDEN");
    const message = await act(visit);
    refresh();
    return { ok: true, message };
  } catch (error) {
    const locale = await currentLocale(currentSession);
    const { code, message } = formFailure(error, locale, portal.runtime().logger);
    return { ok: false, code, message: consoleTexts(locale, DEFAULT_TIME_ZONE).t("actionFailed", { reason: message }) };
  }
}
