/** What makes a file unreadable; the console has a text for each. */
export type UnreadableReason =
  | "ENCODING"
  | "CHARACTER_LOST"
  | "DELIMITERS"
  | "COLUMNS"
  | "QUOTE"
  | "NO_HEADER"
  | "DUPLICATE_COLUMN"
  | "TOO_MANY_ROWS";

/** A file that cannot be read as a table. Its message is in English and names the line, never what stands there. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly reason: UnreadableReason;
  /** Line of the file, from 1; null where it is none in particular. */
  readonly line: number | null;

  constructor(reason: UnreadableReason, line: number | null, message: string) {
    super(line === null ? message : `line ${line} ${message}`);
    this.reason = reason;
    this.line = line;
  }
}
