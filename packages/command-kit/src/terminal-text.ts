import { randomBytes } from "node:crypto";

/** Codes of ECMA-48: where each begins and where it ends. */
const STYLES = { bold: [1, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;
type Style = keyof typeof STYLES;

/** Stands for the beginning of a style in a line until it is printed. No data of anybody's can hold it. */
const MARK = `\ufdd0${randomBytes(8).toString("hex")}`;
const MARKED = new RegExp(`${MARK}<(\\d+)>`, "g");

/**
 * What a terminal would obey: control characters, and those that turn the direction of what follows. Line breaks and tabs
 * are left to whoever lays out a text.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

export type Paint = Readonly<Record<Style, (text: string) => string>>;

/** Styles where the terminal shows them, else none. */
export function paintOf({ colours }: { colours: boolean }): Paint {
  const style =
    ([begin, end]: readonly [number, number]) =>
    (text: string) =>
      colours ? `${MARK}<${begin}>${text}${MARK}<${end}>` : text;
  return {
    bold: style(STYLES.bold),
    red: style(STYLES.red),
    green: style(STYLES.green),
    yellow: style(STYLES.yellow),
  };
}

/**
 * A text as it goes to a terminal or a file: what a terminal would obey is spelt as in JSON (`\u001b`), so that no title,
 * name or error of another server's moves the cursor, rings or hides a line. JSON means the same as before.
 */
export function toTerminalText(text: string): string {
  return escapeObeyed(text).replace(MARKED, "\u001b[$1m");
}

/** Data within one line: line breaks and tabs would look like lines of ours. */
export function toCell(text: string): string {
  return escapeObeyed(text).replace(/[\n\t]/g, escapeCharacter);
}

/** How many characters a text takes on a terminal. */
export function widthOf(cell: string): number {
  return cell.replace(MARKED, "").length;
}

function escapeObeyed(text: string): string {
  return text.replace(OBEYED, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
