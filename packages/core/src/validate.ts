import type { z } from "zod";
import { AppError, type ErrorDetail } from "./errors";

/** Bounds the size of an error, because the caller chooses the number and the names of invalid fields. */
const MAX_DETAILS = 20;
const MAX_PATH_CHARACTERS = 100;

/**
 * Parses input from outside.
 * @throws AppError VALIDATION_ERROR with a detail for each invalid field: its dotted path, and a validation code as message
 */
export function validate<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input, { error: validationCode });
  if (result.success) return result.data;
  throw new AppError("VALIDATION_ERROR", { details: result.error.issues.flatMap(toDetails).slice(0, MAX_DETAILS) });
}

function toDetails(issue: z.core.$ZodIssue): ErrorDetail[] {
  if (issue.code !== "unrecognized_keys") return [{ path: joinPath(issue.path), message: issue.message }];
  return issue.keys
    .slice(0, MAX_DETAILS)
    .map((key) => ({ path: joinPath([...issue.path, key]), message: "UNKNOWN_FIELD" }));
}

function joinPath(path: readonly PropertyKey[]): string {
  return path.map(String).join(".").slice(0, MAX_PATH_CHARACTERS).toWellFormed();
}

/** Maps an issue of zod to a code of the catalogue; a schema's own `error` takes precedence. */
function validationCode(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "REQUIRED" : (CODE_OF_TYPE[issue.expected] ?? "INVALID_VALUE");
    case "too_small":
      if (issue.origin === "string") return issue.input === "" ? "REQUIRED" : "INVALID_VALUE";
      return CODE_OF_TYPE[issue.origin] ?? "INVALID_VALUE";
    case "too_big":
      if (issue.origin === "string") return "TOO_LONG";
      return CODE_OF_TYPE[issue.origin] ?? "INVALID_VALUE";
    case "invalid_format":
      return CODE_OF_FORMAT[issue.format] ?? "INVALID_VALUE";
    case "invalid_value":
      return issue.input === undefined ? "REQUIRED" : "INVALID_CHOICE";
    case "not_multiple_of":
      return "INVALID_NUMBER";
    case "unrecognized_keys":
      return "UNKNOWN_FIELD";
    default:
      return issue.input === undefined ? "REQUIRED" : "INVALID_VALUE";
  }
}

const CODE_OF_TYPE: Record<string, string> = {
  string: "INVALID_TEXT",
  number: "INVALID_NUMBER",
  int: "INVALID_NUMBER",
  bigint: "INVALID_NUMBER",
  boolean: "INVALID_BOOLEAN",
};

const CODE_OF_FORMAT: Record<string, string> = { url: "INVALID_URL", uuid: "INVALID_ID" };
