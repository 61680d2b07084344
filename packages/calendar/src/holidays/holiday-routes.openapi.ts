import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import type { HolidayDto, YearHolidaysDto } from "../contract/holiday";
import { confirmationInput, holidayNames, holidayQuery } from "./edit-holidays";
import type { holidayRoutes } from "./holiday-routes";

const HOLIDAYS = {
  name: "holidays",
  description:
    "Public holidays, on which due dates do not fall, in Administration. An administrator confirms each year",
};
const day = z.object({ day: z.string().meta({ description: "`2027-06-26`" }) });
const holiday = z.object({
  day: z.iso.date(),
  name_fr: z.string(),
  name_en: z.string(),
}) satisfies z.ZodType<HolidayDto>;
const answer = z
  .object({
    year: z.int(),
    holidays: z.array(holiday),
    deleted: z
      .array(holiday.extend({ deleted_at: z.iso.datetime() }))
      .meta({ description: "Taken away in the last 30 days; each can be restored" }),
    version: z.string().meta({ description: "Tells one list from another: a confirmation carries it" }),
    confirmed_at: z.iso.datetime().nullable(),
    confirmed_by: z.int().nullable().meta({ description: "Number of the person who has confirmed it" }),
  })
  .meta({ id: "HolidaysOfYear" }) satisfies z.ZodType<YearHolidaysDto>;

export const holidayOpenApi: DocsOfRoutes<typeof holidayRoutes> = {
  "GET /api/holidays": {
    tag: HOLIDAYS,
    id: "listHolidays",
    summary: "The public holidays of a year, and who has confirmed them",
    query: holidayQuery,
    answers: { 200: { description: "In the order of the days", data: answer } },
    refusals: { FORBIDDEN: "the caller may not edit them" },
  },
  "PUT /api/holidays/{day}": {
    tag: HOLIDAYS,
    id: "putHoliday",
    summary: "Make a day a public holiday, or give it other names; its year is to be confirmed anew",
    params: day,
    body: { schema: holidayNames, example: { name_fr: "Fête nationale", name_en: "Independence Day" } },
    answers: { 200: { description: "It is one", data: z.null() } },
    refusals: { NOT_FOUND: "the address names no day", FORBIDDEN: "the caller may not edit them" },
  },
  "DELETE /api/holidays/{day}": {
    tag: HOLIDAYS,
    id: "removeHoliday",
    summary: "Make a day a working day again; it can be restored for 30 days, and its year is to be confirmed anew",
    params: day,
    answers: { 200: { description: "It is none any more", data: z.null() } },
    refusals: { NOT_FOUND: "the day is no holiday", FORBIDDEN: "the caller may not edit them" },
  },
  "POST /api/holidays/{day}/restore": {
    tag: HOLIDAYS,
    id: "restoreHoliday",
    summary: "Restore a public holiday that was taken away in the last 30 days; its year is to be confirmed anew",
    params: day,
    answers: { 200: { description: "The holiday", data: holiday } },
    refusals: { NOT_FOUND: "no deleted one on this day", FORBIDDEN: "the caller may not edit them" },
  },
  "POST /api/holiday-years/{year}/confirmation": {
    tag: HOLIDAYS,
    id: "confirmHolidays",
    summary: "Confirm the public holidays of a year as they were listed",
    params: z.object({ year: z.string() }),
    body: { schema: confirmationInput, example: { version: "LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ" } },
    answers: { 200: { description: "The year is confirmed", data: z.null() } },
    refusals: {
      NOT_FOUND: "the address names no year",
      CONFLICT: "somebody has changed the list since it was read",
      FORBIDDEN: "the caller may not edit them",
    },
  },
};
