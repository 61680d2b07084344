import type { Locale } from "@mgs/core/locale";
import type { Role } from "@mgs/core/roles";

/** What is wrong with one line of a file of people; the console has a sentence for each. */
export const LINE_PROBLEMS = [
  "REQUIRED",
  "TOO_LONG",
  "INVALID_TEXT",
  "INVALID_EMAIL",
  "UNKNOWN_ROLE",
  "ROLE_REFUSED",
  "UNKNOWN_LOCALE",
  "DUPLICATE_LINE",
  "COLUMN_COUNT",
  "EMAIL_TAKEN",
  "PERSON_REFUSED",
  "OWN_ROLE",
] as const;
export type LineProblemCode = (typeof LINE_PROBLEMS)[number];

/** `column` as the file names it, null for the whole line. Values are not repeated. */
export type LineProblem = { column: string | null; code: LineProblemCode; otherLine?: number };

/** What an import gives a person. */
export type ImportedPerson = { email: string; name: string; role: Role; locale: Locale };

/** What a person had when the file was checked. */
export type PersonBefore = Omit<ImportedPerson, "email">;

/** What one line of a file does. */
export type PlannedLine = { line: number } & (
  | { outcome: "create"; person: ImportedPerson }
  | { outcome: "change"; person: ImportedPerson; personId: number; before: PersonBefore }
  | { outcome: "unchanged"; person: ImportedPerson; personId: number }
  | { outcome: "bad"; problems: LineProblem[]; email: string | null }
);

export type LineOutcome = PlannedLine["outcome"];
