"use server";

import { AppError } from "@mgs/core/errors";
import { dashboardPath } from "@mgs/core/portal-links";
import { endImpersonationsOf } from "@mgs/identity/impersonation/end-impersonation";
import { startImpersonation } from "@mgs/identity/impersonation/start-impersonation";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { runAction } from "../../../../features/console/run-action";

/** Begins to act in a person's name; the page goes on in the first portal that the person may open. */
export async function impersonate(userId: number, values: FormValues): Promise<ActionResult> {
  return runAction(async ({ runtime, actor }) => {
    const { portals } = await startImpersonation(runtime, actor, { userId, reason: String(values.reason ?? "") });
    const [portal = "administration"] = portals;
    return { redirect: runtime.portalUrls[portal] + dashboardPath() };
  });
}

/** Ends whatever others do in a person's name. */
export async function endImpersonations(userId: number): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    if (!Number.isInteger(userId)) throw new AppError("USER_NOT_FOUND");
    await endImpersonationsOf(runtime, actor, { userId });
    return texts.t("people.impersonation.ended");
  });
}
