import { parseJson, parseShallowJson } from "./client-message";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/**
 * One member of a JSON object as it was written. To parse it and to write it again would change integers above 2^53,
 * spaces, escapes and names given twice.
 * @param text JSON that has been parsed, and is an object
 * @returns of several members of one name the last, as `JSON.parse` decides; undefined when there is none
 */
export function memberSource(text: string, name: string): string | undefined {
  let source: string | undefined;
  let start = text.indexOf('"');
  while (start !== -1) {
    const end = endOfString(text, start);
    const from = skipSpace(text, text.indexOf(":", end) + 1);
    const to = endOfValue(text, from);
    if (isName(text.slice(start, end), name)) source = text.slice(from, to);
    // Between two members, and after the last, nothing has a quote.
    start = text.indexOf('"', to);
  }
  return source && escapeHalves(source);
}

/**
 * Whether JSON is too long in its shortest spelling, without optional spaces and escapes.
 * @param text JSON; any other text is measured as it is
 */
export function isJsonLongerThan(text: string, bytes: number): boolean {
  if (Buffer.byteLength(text) <= bytes) return false;
  return Buffer.byteLength(JSON.stringify(parseShallowJson(text)) ?? text) > bytes;
}

const isName = (literal: string, name: string): boolean =>
  (literal.includes("\\") ? parseJson(literal) : literal.slice(1, -1)) === name;

/** @returns the index behind the closing quote */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(text: string, index: number): boolean {
  let before = index;
  while (text.charCodeAt(before - 1) === BACKSLASH) before--;
  return (index - before) % 2 === 1;
}

const isOpening = (character: number): boolean => character === 0x5b || character === 0x7b;
const isClosing = (character: number): boolean => character === 0x5d || character === 0x7d;
const isSpace = (character: number): boolean =>
  character === 0x20 || character === 0x0a || character === 0x0d || character === 0x09;

function skipSpace(text: string, start: number): number {
  let index = start;
  while (isSpace(text.charCodeAt(index))) index++;
  return index;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === QUOTE) {
      index = endOfString(text, index) - 1;
      if (depth === 0) return index + 1;
    } else if (isOpening(character)) {
      depth++;
    } else if (depth > 0) {
      if (isClosing(character) && --depth === 0) return index + 1;
    } else if (character === COMMA || isClosing(character) || isSpace(character)) {
      return index;
    }
  }
  return text.length;
}

/** Half a surrogate pair has no bytes of its own in UTF-8; in valid JSON it can only be within a string. */
function escapeHalves(source: string): string {
  if (source.isWellFormed()) return source;
  return source.replaceAll(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}
