/** First strong isolate and pop directional isolate (Unicode Standard Annex 9). */
const FSI = "\u2068";
const PDI = "\u2069";

/** Characters of right-to-left scripts, and control characters of direction. */
const CHANGES_DIRECTION =
  /[\u0590-\u08ff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** An isolate ends with its paragraph, so that each paragraph needs one. */
const PARAGRAPH = /[^\n\r\u0085\u2029]+/g;
const ISOLATES = /[\u2066-\u2069]/g;

/**
 * Isolates a foreign text, so that it does not change the direction of the sentence around it. The result has one isolate around the text;
 * isolates that the text leaves open are closed, and closing characters without an open isolate are removed. (Open embeddings and overrides
 * end with the isolate.) A text that cannot change a direction stays as it is.
 * @param direction of the sentence; in a right-to-left sentence every text is isolated
 */
export function isolate(text: string, direction: "ltr" | "rtl"): string {
  if (direction === "ltr" && !CHANGES_DIRECTION.test(text)) return text;
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
