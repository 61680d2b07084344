"use server";

import { confirmYear, removeHoliday, restoreHoliday, saveHoliday } from "@mgs/calendar/holidays/edit-holidays";
import { holidayTexts } from "@mgs/calendar/holidays/holiday-texts";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { type FormValues, textOf } from "@mgs/shell/actions/form-values";
import { runAction } from "../../../../features/console/run-action";

export async function save(values: FormValues): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const field = (name: string) => textOf(values, name);
    await saveHoliday(runtime, actor, { day: field("day"), name_fr: field("name_fr"), name_en: field("name_en") });
    return holidayTexts(texts.locale)("saved");
  });
}

export async function remove(day: string): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    await removeHoliday(runtime, actor, String(day));
    return holidayTexts(texts.locale)("removed");
  });
}

export async function restore(day: string): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const { nameFr, nameEn } = await restoreHoliday(runtime, actor, String(day));
    return holidayTexts(texts.locale)("restored", { name: texts.locale === "fr" ? nameFr : nameEn });
  });
}

export async function confirm(year: number, version: string): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    await confirmYear(runtime, actor, year, { version });
    return holidayTexts(texts.locale)("confirmed", { year: String(year) });
  });
}
