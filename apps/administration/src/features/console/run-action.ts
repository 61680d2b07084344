import { AppError } from "@mgs/core/errors";
import { DEFAULT_TIME_ZONE } from "@mgs/core/time-zone";
import { currentLocale } from "@mgs/portal/current-locale";
import type { ActionAnswer } from "@mgs/portal/run-action";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { currentSession, portal } from "../../portal";
import { type ConsoleContext, getActionContext } from "./console-context";
import { consoleTexts } from "./texts";

/** Runs a server action of the console's buttons: it finds the console's context, calls one use case, and answers. */
export async function runAction(act: (context: ConsoleContext) => Promise<ActionAnswer>): Promise<ActionResult> {
  const result = await portal.runAction(async () => {
    const context = await getActionContext();
    if (!context) throw new AppError("FORBIDDEN");
    return act(context);
  });
  if (result.ok) return result;
  const { t } = consoleTexts(await currentLocale(currentSession), DEFAULT_TIME_ZONE);
  return { ...result, message: t("actionFailed", { reason: result.message }) };
}
