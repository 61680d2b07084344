import { isUtf8 } from "node:buffer";
import { UnreadableFile } from "./unreadable-file";

export type DecodedText = {
  text: string;
  /** What the bytes were taken for, where that is not plain UTF-8. */
  assumed?: string;
};

const BYTE_ORDER_MARKS = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8", name: "UTF-8" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le", name: "UTF-16 (little-endian)" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be", name: "UTF-16 (big-endian)" },
] as const;

/** What names and addresses hold besides ASCII. Of other encodings' accents Windows-1252 makes signs that are not here. */
const TEXT_OF_WINDOWS_1252 = /[\p{L}\u00a0’‘“”«»–—…€°ªº·]/u;
/** Bytes that are one letter or one quotation mark of UTF-8, and that Windows-1252 has no words for. */
const UTF8_SEQUENCE = /[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]/;
const LAST_ASCII = "\u007f";
const REPLACEMENT = "\ufffd";
const ADVICE = "save it as UTF-8";

/**
 * Text of a file of another program's: UTF-8, UTF-16 with its byte order mark, or Windows-1252 where nothing else fits.
 * No character is ever put in another one's place.
 * @throws UnreadableFile with the line and the reason
 */
export function decodeText(bytes: Buffer): DecodedText {
  const mark = BYTE_ORDER_MARKS.find((one) => one.bytes.every((byte, index) => bytes[index] === byte));
  if (mark) {
    const { encoding, name } = mark;
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return { text: withoutReplacements(text), ...(encoding === "utf-8" ? {} : { assumed: name }) };
    } catch (error) {
      if (error instanceof UnreadableFile) throw error;
      throw new UnreadableFile("ENCODING", null, `begins as ${name} and is not: ${ADVICE}`);
    }
  }
  if (bytes.includes(0))
    throw new UnreadableFile("ENCODING", lineOf(bytes, bytes.indexOf(0)), `holds a zero byte: ${ADVICE}`);
  if (isUtf8(bytes)) return { text: withoutReplacements(bytes.toString("utf8")) };
  return { text: decodeWindows1252(bytes), assumed: "Windows-1252" };
}

function decodeWindows1252(bytes: Buffer): string {
  // A file of both kinds is neither.
  const sequence = UTF8_SEQUENCE.exec(bytes.toString("latin1"));
  const text = new TextDecoder("windows-1252").decode(bytes);
  // One byte is one character: places are the same in both.
  const foreign = [...text].findIndex((one) => one > LAST_ASCII && !TEXT_OF_WINDOWS_1252.test(one));
  const at = sequence?.index ?? foreign;
  if (at >= 0) throw new UnreadableFile("ENCODING", lineOf(bytes, at), `is neither UTF-8 nor Windows-1252: ${ADVICE}`);
  return text;
}

/** @throws UnreadableFile where a program before us has lost a character */
function withoutReplacements(text: string): string {
  const at = text.indexOf(REPLACEMENT);
  if (at < 0) return text;
  const line = text.slice(0, at).split("\n").length;
  throw new UnreadableFile(
    "CHARACTER_LOST",
    line,
    "holds U+FFFD: a character was lost before, so export it anew as UTF-8",
  );
}

function lineOf(bytes: Buffer, at: number): number {
  return bytes.subarray(0, at).toString("latin1").split("\n").length;
}
