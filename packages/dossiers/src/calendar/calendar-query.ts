import { z } from "zod";
import { dossierQuery } from "../dossier-filter";

/** The query of the calendar: a month, the present one by default, and the filters of the list that are about other than dates. */
export const calendarQuery = dossierQuery
  .omit({
    ...{ open: true, sort: true, after: true, before: true, limit: true },
    ...{ overdue: true, due_from: true, due_before: true, opened_from: true, opened_before: true },
    ...{ decided_from: true, decided_before: true, decision: true },
  })
  .extend({
    month: z
      .string()
      .regex(/^[12]\d{3}-(?:0[1-9]|1[0-2])$/, { error: "INVALID_DATE" })
      .optional(),
  });
