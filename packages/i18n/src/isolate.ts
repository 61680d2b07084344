/** First strong isolate and pop directional isolate (Unicode Standard Annex 9). */
const FSI = "\u2068";
const PDI = "\u2069";

/** Characters of right-to-left scripts, and those that change the direction of others. */
const TURNS =
  /[\u0590-\u08ff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Isolates end with their paragraph: each needs its own. */
const PARAGRAPH = /[^\n\r\u0085\u2029]+/g;
const ISOLATES = /[\u2066-\u2069]/g;

/**
 * Keeps a foreign text's direction from the sentence around it, whatever is in it: one isolate around it, none left open in it, none closed
 * that it did not open. (What embeddings and overrides it leaves open end with the isolate.) A text that cannot turn anything stays as
 * it is.
 * @param direction of the sentence: in one from right to left every text is isolated
 */
export function isolate(text: string, direction: "ltr" | "rtl"): string {
  if (direction === "ltr" && !TURNS.test(text)) return text;
  return text.replace(PARAGRAPH, (paragraph) => {
    let open = 0;
    const balanced = paragraph.replace(ISOLATES, (mark) => {
      if (mark !== PDI) open++;
      else if (open === 0) return "";
      else open--;
      return mark;
    });
    return `${FSI}${balanced}${PDI.repeat(open)}${PDI}`;
  });
}
