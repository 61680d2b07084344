import { formFailure } from "@mgs/shell/server/form-failure";
import { refresh } from "next/cache";
import type { ActionResult } from "./action-result";
import { type ConsoleVisit, visitConsole } from "./guard";

/** What every action of the console does alike: who asks, one use case, a text about it, and the page as it now is. */
export async function runAction(act: (visit: ConsoleVisit) => Promise<string>): Promise<ActionResult> {
  const visit = await visitConsole();
  if (!visit) return { ok: false, message: "" };
  const { texts, runtime, actor } = visit;
  try {
    const message = await act(visit);
    refresh();
    return { ok: true, message };
  } catch (error) {
    const { message } = formFailure(error, actor.locale, runtime.logger);
    return { ok: false, message: texts.t("actionFailed", { reason: message }) };
  }
}
