import { type Subject, subjectApiPath } from "@mgs/records/subject";
import { z } from "zod";
import { ACT_LIMITS, type LimitedAct } from "./record/act-limit";

export const COMMENTS = {
  name: "comments",
  description: "Comments on any record that the caller sees, live on its channel",
};

/** What the documentation of one kind of record's routes has alike. */
export function subjectDocs({ type, segment, missing }: Subject) {
  return {
    name: `${type[0]?.toUpperCase()}${type.slice(1)}`,
    path: (rest: string) => subjectApiPath({ segment }, "{id}", rest),
    params: z.object({ id: z.string() }),
    missing: { [missing ?? "NOT_FOUND"]: "no record with this id, or none for the caller" } as const,
  };
}

/** The refusal of who does something too often. */
export const limited = (act: LimitedAct) => ({
  RATE_LIMITED: `more than ${ACT_LIMITS[act].onRecord} within a minute on one record, or ${ACT_LIMITS[act].onAll} on all records`,
});
