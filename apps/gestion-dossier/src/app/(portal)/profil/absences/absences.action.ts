"use server";

import { endAbsenceFor, nameSubstituteFor } from "@mgs/portal/absences/absence-actions";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { portal } from "../../../../portal";

export async function name(values: FormValues): Promise<ActionResult> {
  return portal.runAction((context) => nameSubstituteFor(portal.runtime(), context, values));
}

export async function end(id: string): Promise<ActionResult> {
  return portal.runAction((context) => endAbsenceFor(portal.runtime(), context, id));
}
