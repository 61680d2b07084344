/**
 * Matches a visible character. Invisible are white space and line ends, control and format characters (zero width space,
 * direction marks), Unicode's ignorable characters (fillers, variation selectors), and the empty Braille pattern.
 */
const VISIBLE_CHARACTER = /[^\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Tells whether a text has no visible character. A blank titre, message or name counts as missing. */
export function isBlank(text: string): boolean {
  return !VISIBLE_CHARACTER.test(text);
}
