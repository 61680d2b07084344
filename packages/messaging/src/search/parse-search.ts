/** A search as it was typed, in its parts. */
export type MessageSearch = {
  /** Words of the text. */
  words: string;
  /** `from:Hery`: names of people who have written. */
  from: string[];
  /** `in:Budget`: names of conversations, or of people in them. */
  within: string[];
  /** `before:2026-11-30`: what was written earlier than that day; null without one. */
  before: string | null;
};

/** The names of filters, also as a French reader types them. */
const FILTERS = { from: "from", de: "from", in: "within", dans: "within", before: "before", avant: "before" } as const;
const PART = /(?:^|\s)(from|de|in|dans|before|avant):(?:"([^"]*)"|(\S+))/giu;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** `30/11/2026`, as days are written in French. */
const FRENCH_DAY = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/**
 * Parses a search.
 * @returns its parts; `wrong` is the value of a filter that cannot be meant, such as a day that is none
 */
export function parseSearch(text: string): { search: MessageSearch; wrong: string | null } {
  const search: MessageSearch = { words: "", from: [], within: [], before: null };
  let wrong: string | null = null;
  const words = text.replace(PART, (_, name: string, quoted: string | undefined, bare: string | undefined) => {
    const value = (quoted ?? bare ?? "").trim();
    const filter = FILTERS[name.toLowerCase() as keyof typeof FILTERS];
    if (filter === "before") {
      search.before = readDay(value);
      if (search.before === null) wrong = value;
    } else if (value !== "") search[filter].push(value.replace(/^@/, ""));
    return " ";
  });
  search.words = words.replace(/\s+/g, " ").trim();
  return { search, wrong };
}

function readDay(value: string): string | null {
  const french = FRENCH_DAY.exec(value);
  const text = french ? `${french[3]}-${french[2]?.padStart(2, "0")}-${french[1]?.padStart(2, "0")}` : value;
  if (!DAY.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : text;
}
