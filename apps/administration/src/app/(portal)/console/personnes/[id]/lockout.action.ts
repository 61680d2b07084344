"use server";

import { AppError } from "@mgs/core/errors";
import { isUserId } from "@mgs/core/user-id";
import { releaseLockout } from "@mgs/identity/lockout/release-lockout";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { runAction } from "../../../../../features/console/run-action";
import { portal } from "../../../../../portal";

/** Lets a person try to sign in again at once after failed attempts. */
export async function release(userId: number): Promise<ActionResult> {
  const { signInLimiter: limiter, codeLimiter } = portal.signIn();
  return runAction(async ({ runtime, actor, texts }) => {
    if (!isUserId(userId)) throw new AppError("USER_NOT_FOUND");
    const { released } = await releaseLockout({ ...runtime, limiter, codeLimiter }, actor, { userId });
    return texts.t(released ? "people.person.released" : "people.person.releasedBefore");
  });
}
