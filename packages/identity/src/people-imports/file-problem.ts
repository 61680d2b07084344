import { AppError } from "@mgs/core/errors";
import type { UnreadableReason } from "@mgs/http/csv/unreadable-file";
import type { ColumnProblem } from "./import-columns";

export const MAX_FILE_BYTES = 5 * 1_024 * 1_024;
export const MAX_ROWS = 50_000;

/** Why a file of people is refused as a whole; the console has a text for each. */
export const FILE_PROBLEMS = [
  "ENCODING",
  "CHARACTER_LOST",
  "DELIMITERS",
  "COLUMNS",
  "QUOTE",
  "NO_HEADER",
  "DUPLICATE_COLUMN",
  "TOO_MANY_ROWS",
  "MISSING_COLUMNS",
  "PASSWORD_COLUMN",
  "UNKNOWN_ROLE",
  "NO_FILE",
  "EMPTY",
  "TOO_LARGE",
] as const satisfies readonly (UnreadableReason | ColumnProblem | "UNKNOWN_ROLE" | "NO_FILE" | "EMPTY" | "TOO_LARGE")[];
export type FileProblem = (typeof FILE_PROBLEMS)[number];

/** A file of which nothing can be used. */
export class RefusedFile extends Error {
  override readonly name = "RefusedFile";
  readonly problem: FileProblem;
  /** Line of the file, from 1; null where it is none in particular. */
  readonly line: number | null;

  constructor(problem: FileProblem, line: number | null = null) {
    super(problem);
    this.problem = problem;
    this.line = line;
  }
}

/** An error whose details tell a program what is wrong with the file. */
export function toFileError({ problem, line }: RefusedFile): AppError {
  if (problem === "TOO_LARGE") return new AppError("PAYLOAD_TOO_LARGE");
  const path = line === null ? "file" : `file:${line}`;
  return new AppError("VALIDATION_ERROR", { details: [{ path, message: "INVALID_FILE" }] });
}
