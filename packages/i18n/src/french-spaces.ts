/** Before a colon and inside quotation marks stands a no-break space, before other high marks a narrow one. */
const WIDE = "\u00a0";
const NARROW = "\u202f";

/**
 * Makes the spaces of a French text such that no line breaks before a mark: the catalogues are written with the space bar, whose space would
 * leave a "?" or a "»" alone on the next line.
 */
export function withFrenchSpaces(text: string): string {
  return text
    .replaceAll(/ (?=[:»])/g, WIDE)
    .replaceAll(/(?<=«|\bn°) /g, WIDE)
    .replaceAll(/ (?=[;?!])/g, NARROW);
}

/** The same for all texts of a catalogue. */
export function catalogueWithFrenchSpaces<T extends object>(texts: T): T {
  const entries = Object.entries(texts).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === "string"
      ? withFrenchSpaces(value)
      : typeof value === "object" && value !== null
        ? catalogueWithFrenchSpaces(value)
        : value,
  ]);
  return Object.fromEntries(entries);
}
