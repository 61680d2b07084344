import type { AbsenceDeps } from "@mgs/calendar/absences/absence-deps";
import { absenceTexts } from "@mgs/calendar/absences/absence-texts";
import { endAbsence } from "@mgs/calendar/absences/end-absence";
import { nameSubstitute } from "@mgs/calendar/absences/name-substitute";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import type { ActionContext } from "../run-action";

/** What the server actions of all portals do with absences; each returns the text of its success. */

export async function nameSubstituteFor(
  deps: AbsenceDeps,
  { actor, locale }: ActionContext,
  values: FormValues,
): Promise<string> {
  const field = (name: string) => textOf(values, name) || undefined;
  const named = await nameSubstitute(deps, actor, {
    // A form without a choice leaves it out; what is no number is refused by the use case.
    substitute_id: field("substitute_id") && Number(field("substitute_id")),
    first_day: field("first_day"),
    last_day: field("last_day"),
  });
  const { t, day } = absenceTexts(locale);
  return t("named", { name: named.substitute.name, first: day(named.first_day), last: day(named.last_day) });
}

export async function endAbsenceFor(deps: AbsenceDeps, { actor, locale }: ActionContext, id: string): Promise<string> {
  await endAbsence(deps, actor, String(id));
  return absenceTexts(locale).t("ended");
}
