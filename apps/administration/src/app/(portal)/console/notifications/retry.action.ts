"use server";

import { retryAllSent, retrySent } from "@mgs/notifications/admin/retry-sent";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { runAction } from "../../../../features/console/run-action";

/** Retries the dead deliveries of one notification. */
export async function retry(id: string): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) =>
    texts.t("retried", { count: await retrySent(runtime, actor, id) }),
  );
}

/** Retries all dead deliveries that pass the filter. */
export async function retryAll(filter: Record<string, string | number>): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const { retried, left } = await retryAllSent(runtime, actor, filter);
    return left ? texts.t("retriedSome", { count: retried }) : texts.t("retried", { count: retried });
  });
}
