"use server";

import { requireSecondFactor } from "@mgs/identity/second-factor/role-requirements";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { runAction } from "../../../../features/console/run-action";

/** Sets whether the people of a role need a second factor. */
export async function setRequired(role: string, required: boolean): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    await requireSecondFactor(runtime, actor, { role: String(role), required: required === true });
    return texts.t(required ? "secondFactor.nowRequired" : "secondFactor.nowOptional");
  });
}
