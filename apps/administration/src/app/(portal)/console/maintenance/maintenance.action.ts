"use server";

import { AppError } from "@mgs/core/errors";
import { beginMaintenance } from "@mgs/maintenance/begin-maintenance";
import { isUnderWay } from "@mgs/maintenance/contract/maintenance";
import { endMaintenance } from "@mgs/maintenance/end-maintenance";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { runAction } from "../../../../features/console/run-action";
import { fromLocal } from "../../../../features/console/zoned-time";

export async function begin(values: FormValues): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const { t, timeZone } = texts;
    if (textOf(values, "confirmation").trim() !== t("maintenance.word")) {
      throw new AppError("VALIDATION_ERROR", {
        details: [{ path: "confirmation", message: "WRONG_CONFIRMATION" }],
      });
    }
    const time = (name: string): string | null => {
      const local = textOf(values, name);
      // What is no time is refused by the use case, at its field.
      return local === "" ? null : (fromLocal(local, timeZone)?.toISOString() ?? local);
    };
    const begun = await beginMaintenance(runtime, actor, {
      message: textOf(values, "message"),
      retry_seconds: textOf(values, "retry_seconds"),
      starts_at: time("starts_at"),
      expected_end: time("expected_end"),
    });
    return t(isUnderWay(begun, Date.now()) ? "maintenance.begun" : "maintenance.planned");
  });
}

export async function end(): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    await endMaintenance(runtime, actor);
    return texts.t("maintenance.ended");
  });
}
