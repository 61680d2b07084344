/** The pattern of an address that is searched for as a whole, or by its beginning; null for a search of words. */
export function toAddressPattern(search: string): string | null {
  const text = search.trim().toLowerCase();
  return text.includes("@") && !/\s/.test(text) ? `${text.replace(/[\\%_]/g, "\\$&")}%` : null;
}
