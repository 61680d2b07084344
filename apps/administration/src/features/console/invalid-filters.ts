import type { ConsoleTexts } from "./texts";

/** The parameters of a page's address. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** What a filter takes: one of its choices, a time of a date field, an IP address, or a short text. */
export type FilterKind = "choice" | "time" | "ip" | "text";

/** The filters of an address that mean nothing, by their names. A list that has one shows no rows: never more than was asked for. */
export type InvalidFilters<Name extends string = string> = Readonly<
  Partial<Record<Name, { kind: FilterKind; value: string }>>
>;

const MAX_SHOWN_CHARACTERS = 60;

/**
 * Finds the filters that an address has and its reader left out.
 * @param search what was read of the address, without what is invalid
 */
export function findInvalidFilters<Name extends string>(
  params: SearchParams,
  search: Readonly<Partial<Record<NoInfer<Name>, unknown>>>,
  kinds: Readonly<Record<Name, FilterKind>>,
): InvalidFilters<Name> {
  const found: Partial<Record<Name, { kind: FilterKind; value: string }>> = {};
  for (const [name, kind] of Object.entries(kinds) as [Name, FilterKind][]) {
    const value = toShown(params[name]);
    if (value !== "" && search[name] === undefined) found[name] = { kind, value };
  }
  return found;
}

export const hasInvalidFilters = (invalid: InvalidFilters): boolean => Object.keys(invalid).length > 0;

/** What the field of a filter says; undefined when the filter is valid or was not given. */
export function filterError({ t }: ConsoleTexts, invalid: InvalidFilters[string]): string | undefined {
  return invalid && t(`invalidFilters.${invalid.kind}`, { value: invalid.value });
}

/** A value as a page can quote it; a parameter that was given twice is shown with both. */
function toShown(value: string | string[] | undefined): string {
  const text = [value ?? []]
    .flat()
    .join(", ")
    .trim()
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, "\ufffd");
  return text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS).toWellFormed()}…` : text;
}
