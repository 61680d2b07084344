/**
 * Whatever leaves no mark: white space and line ends, control and format characters (zero width space, direction marks), what
 * Unicode has readers ignore (fillers, variation selectors), and the empty pattern of Braille.
 */
const VISIBLE = /[^\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a text has no visible character: the one rule by which a titre, a message or a name counts as not given. */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text);
}
