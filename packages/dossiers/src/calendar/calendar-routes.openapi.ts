import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import { dossierSummaryAnswer } from "../answers.openapi";
import type { DossierCalendar } from "../contract/calendar";
import { calendarQuery } from "./calendar-query";
import type { calendarRoutes } from "./calendar-routes";

const month = z.string().meta({ examples: ["2026-11"] });

const calendarAnswer = z
  .object({
    month,
    previous: month,
    next: month,
    today: z.iso.date().meta({ description: "In Madagascar" }),
    days: z.array(
      z.object({
        day: z.iso.date(),
        isWorkingDay: z.boolean(),
        holiday: z.string().nullable().meta({ description: "Its name, in the caller's language" }),
        count: z.int().meta({ description: "100: 100 or more" }),
        items: z.array(dossierSummaryAnswer).meta({ description: "The three most urgent; the list has the rest" }),
      }),
    ),
  })
  .meta({ id: "DossierCalendar" }) satisfies z.ZodType<DossierCalendar>;

export const calendarOpenApi: DocsOfRoutes<typeof calendarRoutes> = {
  "GET /api/dossiers/calendar": {
    tag: { name: "dossiers" },
    id: "readDossierCalendar",
    summary: "The due dates of a month: open dossiers that pass the filters and that the caller sees, day by day",
    query: calendarQuery,
    answers: { 200: { description: "Whole weeks from Monday on", data: calendarAnswer } },
    refusals: { VALIDATION_ERROR: true },
  },
};
