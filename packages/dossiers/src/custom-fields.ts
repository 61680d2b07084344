import { AppError, type ErrorDetail } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import { isSame } from "@mgs/records/contract/merge";
import type { DossierField } from "./contract/dossier-types";
import { MAX_CHARACTERS } from "./contract/rules";
import { day } from "./dossier-input";

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === "";

/**
 * Checks the values of a type's own fields. Fields that the type has not are refused; values that stand under a field which is hidden now
 * stay as they are.
 * @param known values that the dossier has already
 * @throws AppError VALIDATION_ERROR with `custom.<key>` for each
 */
export function checkCustomFields(
  fields: readonly DossierField[],
  values: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const shown = fields.filter(({ hidden }) => hidden !== true);
  const keys = new Set(shown.map(({ key }) => key));
  const isUnchanged = (key: string) => Object.hasOwn(known, key) && isSame(values[key], known[key]);
  const unknown = Object.keys(values).filter((key) => !keys.has(key) && !isUnchanged(key));
  const details: ErrorDetail[] = [
    ...unknown.map((key) => ({ path: `custom.${key}`, message: "UNKNOWN_FIELD" })),
    ...shown.flatMap((field) => {
      const message = findProblem(field, values[field.key]);
      return message === null ? [] : [{ path: `custom.${field.key}`, message }];
    }),
  ];
  if (details.length > 0) throw new AppError("VALIDATION_ERROR", { details });
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
}

function findProblem({ kind, required, choices = [] }: DossierField, value: unknown): string | null {
  if (isEmpty(value)) return required ? "REQUIRED" : null;
  switch (kind) {
    case "text":
      if (typeof value !== "string" || !isStorableText(value)) return "INVALID_TEXT";
      return Array.from(value).length > MAX_CHARACTERS.customText ? "TOO_LONG" : null;
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? null : "INVALID_NUMBER";
    case "date":
      return day.safeParse(value).success ? null : "INVALID_DATE";
    case "choice":
      return choices.some((choice) => choice === value) ? null : "INVALID_CHOICE";
    case "yes-no":
      return typeof value === "boolean" ? null : "INVALID_BOOLEAN";
  }
}
