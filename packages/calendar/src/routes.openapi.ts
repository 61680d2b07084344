import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import { absenceInput } from "./absences/name-substitute";
import type { AbsenceDto } from "./contract/absence";
import type { calendarRoutes } from "./routes";

const ABSENCES = { name: "absences", description: "While a person is away, a colleague stands in for them" };

const person = z.object({ id: z.int(), name: z.string() });
const absence = z
  .object({
    id: z.uuid(),
    user: person.meta({ description: "Who is away" }),
    substitute: person.meta({ description: "Who stands in" }),
    first_day: z.iso.date(),
    last_day: z.iso.date(),
    is_on: z.boolean().meta({ description: "Whether it is on today, in Madagascar" }),
  })
  .meta({ id: "Absence" }) satisfies z.ZodType<AbsenceDto>;

export const calendarOpenApi: DocsOfRoutes<typeof calendarRoutes> = {
  "GET /api/absences": {
    tag: ABSENCES,
    id: "listAbsences",
    summary: "The caller's absences, and those of colleagues for whom they stand in; past ones are left out",
    answers: {
      200: {
        description: "The next first",
        data: z.object({ own: z.array(absence), standing_in: z.array(absence) }),
      },
    },
  },
  "POST /api/absences": {
    tag: ABSENCES,
    id: "nameSubstitute",
    summary: "Name a colleague who stands in from a day until another",
    body: {
      schema: absenceInput,
      example: { substitute_id: 7, first_day: "2026-12-21", last_day: "2027-01-04" },
    },
    answers: { 201: { description: "The absence; both people are told of it", data: absence } },
    refusals: {
      ABSENCE_OVERLAP: "the caller has an absence in these days",
      ABSENCE_LOOP: "the colleague is away on one of these days, and the caller stands in for them",
      IMPERSONATION_REFUSED: "an administrator acts in the caller's place",
    },
  },
  "DELETE /api/absences/{id}": {
    tag: ABSENCES,
    id: "endAbsence",
    summary: "End an absence before its last day, or take back one that has not begun",
    params: z.object({ id: z.string() }),
    answers: { 200: { description: "It has ended; both people are told of it", data: z.null() } },
    refusals: {
      NOT_FOUND: "none with this id, or none of the caller",
      IMPERSONATION_REFUSED: "an administrator acts in the caller's place",
    },
  },
};
