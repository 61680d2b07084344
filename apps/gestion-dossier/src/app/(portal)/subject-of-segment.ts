import { SUBJECTS } from "@mgs/business/modules";
import { AppError } from "@mgs/core/errors";
import type { Subject } from "@mgs/records/subject";

/** Finds a kind of record by what an action was given. @throws AppError SUBJECT_NOT_FOUND */
export function subjectOfSegment(segment: string): Subject {
  const subject = SUBJECTS.find((known) => known.segment === segment);
  if (!subject) throw new AppError("SUBJECT_NOT_FOUND");
  return subject;
}
