"use server";

import { rotateSigningKey } from "@mgs/oidc/keys/rotate-signing-key";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { runAction } from "../../../../features/console/run-action";

export async function rotate(): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const { signs_from, changed } = await rotateSigningKey(runtime, actor);
    return texts.t(changed ? "keys.rotated" : "keys.waiting", { time: texts.dateTime(signs_from) });
  });
}
