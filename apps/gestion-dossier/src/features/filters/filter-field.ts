import type { ListSearch } from "@mgs/shell/table/list-query";
import { z } from "zod";
import type { DossierTexts } from "../dossier-list/list-context";

/** The texts that every list has. */
export type FilterTexts = Pick<DossierTexts, "lists" | "day">;

export type FilterOption = { value: string; label: string };

/** One filter of a list: the control of its form and the words for its value are drawn by this alone. */
export type FilterField = { name: string; label: string } & (
  | {
      kind: "choice";
      options: readonly FilterOption[];
      groups?: readonly { label: string; options: readonly FilterOption[] }[];
    }
  /** It narrows the list when it is true, and does nothing when it is not. */
  | { kind: "flag"; yes: string }
  | { kind: "text" | "url"; maxLength?: number }
  | { kind: "date" }
);

const flag = z.stringbool();

/** What the address has for a filter, valid or not; undefined where the filter narrows nothing. */
export function readFilterValue(field: FilterField, { values, invalid }: ListSearch): string | undefined {
  const value = values[field.name] ?? invalid[field.name];
  if (field.kind !== "flag") return value;
  const { data } = flag.safeParse(value);
  if (data === undefined) return value;
  return data ? "true" : undefined;
}

/** The choices of a filter. A value that is none of them is one too, so that the form says what the address asks for. */
export function optionsOf(field: FilterField, value: string | undefined): readonly FilterOption[] {
  if (field.kind === "flag") return [{ value: "true", label: field.yes }];
  if (field.kind !== "choice") return [];
  const isKnown = value === undefined || allOptions(field).some((option) => option.value === value);
  return isKnown ? field.options : [...field.options, { value, label: writeChoices(field, value) }];
}

/** A filter with its value as a person reads it: `Priorité : Haute, Urgente`. */
export function writeFilter(
  { lists, day }: FilterTexts,
  field: FilterField,
  value: string,
  isInvalid: boolean,
): string {
  const { label, kind } = field;
  if (isInvalid) return lists("filter", { label, value });
  if (kind === "flag") return label;
  if (kind === "date") return lists("filterDay", { label, day: day(value) });
  return lists("filter", { label, value: kind === "choice" ? writeChoices(field, value) : value });
}

type ChoiceField = Extract<FilterField, { kind: "choice" }>;

const allOptions = ({ options, groups = [] }: ChoiceField): readonly FilterOption[] => [
  ...options,
  ...groups.flatMap((group) => group.options),
];

/** Several values of one filter stand in the address with commas between them. */
function writeChoices(field: ChoiceField, value: string): string {
  const options = allOptions(field);
  const labelOf = (one: string) => options.find((option) => option.value === one)?.label ?? one;
  return value.split(",").filter(Boolean).map(labelOf).join(", ");
}
