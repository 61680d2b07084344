/** A stretch of a text; `isHit` where it has a word that was searched for. */
export type Stretch = { text: string; isHit: boolean };

/** Characters before the first hit that are shown of a long text. */
const CONTEXT_CHARACTERS = 60;
/** Endings up to this length are those of one word: the search knows words by their stems. */
const MAX_ENDING = 3;
const MIN_STEM = 4;

const FILTER = /(?:^|\s)[a-z]+:(?:"[^"]*"|\S+)/giu;

const fold = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae");

/** The words of a search as it was typed, without its filters, folded as the search does. */
function wordsOf(search: string): string[] {
  return fold(search.replace(FILTER, " "))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** Whether a word of a text is one that was searched for: it begins so, or has the same stem. */
function isFoundBy(word: string, searched: string): boolean {
  if (word.startsWith(searched)) return true;
  let stem = 0;
  while (stem < word.length && word[stem] === searched[stem]) stem++;
  return stem >= MIN_STEM && word.length - stem <= MAX_ENDING && searched.length - stem <= MAX_ENDING;
}

/** Cuts a text into stretches with and without words that a search was made for; a long text begins a little before the first of them. */
export function highlight(text: string, search: string): Stretch[] {
  const searched = wordsOf(search);
  const all = text
    .split(/([\p{L}\p{N}\p{M}]+)/u)
    .filter((part) => part !== "")
    .map((part) => ({ text: part, isHit: searched.some((word) => isFoundBy(fold(part), word)) }));
  const first = all.findIndex(({ isHit }) => isHit);
  let from = Math.max(first, 0);
  for (let characters = 0; from > 0 && characters < CONTEXT_CHARACTERS; from--)
    characters += all[from - 1]?.text.length ?? 0;
  const shown = all.slice(from);
  return from === 0 ? shown : [{ text: "…", isHit: false }, ...shown];
}
