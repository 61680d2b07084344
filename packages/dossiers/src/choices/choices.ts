import { optionalText } from "@mgs/core/text-schema";
import { cursorSchema, writeCursor } from "@mgs/records/lists/cursor";
import { foldWords } from "@mgs/records/lists/words";
import { z } from "zod";

const MAX_SEARCH_CHARACTERS = 100;
const MAX_PAGE = 100;

/** The query of a list of choices. */
export const choicesQuery = z.strictObject({
  /** Beginnings of words of the name. */
  search: optionalText(MAX_SEARCH_CHARACTERS),
  after: cursorSchema.optional(),
  limit: z.coerce.number({ error: "INVALID_NUMBER" }).int({ error: "INVALID_NUMBER" }).min(1).max(MAX_PAGE).default(25),
});

export type ChoicePage<Choice> = { items: Choice[]; next: string | null };

type Named = { name: string };

/**
 * One page of choices by name, of those that are searched for: without accents, each word the beginning of one of the name.
 * @param keyOf what tells choices of one name apart
 */
export function pageChoices<Choice extends Named>(
  choices: readonly Choice[],
  keyOf: (choice: Choice) => string,
  { search, after, limit }: z.output<typeof choicesQuery>,
  locale: string,
): ChoicePage<Choice> {
  const collator = new Intl.Collator(locale);
  const compare = ([nameA, keyA]: readonly [string, string], [nameB, keyB]: readonly [string, string]) =>
    collator.compare(nameA, nameB) || Number(keyA > keyB) - Number(keyA < keyB);
  const placeOf = (choice: Choice) => [choice.name, keyOf(choice)] as const;
  const words = foldWords(search);
  const matches = ({ name }: Choice) => {
    const parts = foldWords(name);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  };
  const rest = choices
    .filter((choice) => matches(choice) && (after === undefined || compare(placeOf(choice), after) > 0))
    .sort((a, b) => compare(placeOf(a), placeOf(b)));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last !== undefined && rest.length > limit ? writeCursor([...placeOf(last)]) : null };
}
