import { lazyPromise } from "@mgs/core/lazy-promise";

/** Words of this house and country that strangers try here, and that no list of the world has. */
const LOCAL_WORDS = ["administration", "antananarivo", "commercial", "dossier", "madagascar", "mgs", "multisites"];

/** Shorter beginnings are part of many good passwords. */
const MIN_BASE_CHARACTERS = 5;
const MAX_ADDED_CHARACTERS = 8;

/**
 * Loads some 49,000 common passwords: the list of `@zxcvbn-ts/language-common` (MIT). It is loaded with the first password that
 * somebody chooses, and stays on the server.
 */
export const loadCommonPasswords = lazyPromise(async (): Promise<ReadonlySet<string>> => {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set([...dictionary["passwords-common"], ...LOCAL_WORDS]);
});

/**
 * Tells whether a password is a common one, in whatever case, or one that was made longer in the ways that everybody tries: repeated,
 * two of them in a row, with up to eight digits and signs around it, or a row of characters such as `abcdefghijkl`.
 * @param password in its normal form
 */
export function isCommonPassword(password: string, common: ReadonlySet<string>): boolean {
  const text = password.toLowerCase();
  const folded = text.replaceAll(/[\s_.-]+/g, "");
  return [text, folded].some(
    (one) =>
      common.has(one) || isRow(one) || common.has(unitOf(one)) || hasCommonBase(one, common) || isPair(one, common),
  );
}

function hasCommonBase(text: string, common: ReadonlySet<string>): boolean {
  const base = text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  return base.length >= MIN_BASE_CHARACTERS && text.length - base.length <= MAX_ADDED_CHARACTERS && common.has(base);
}

/** `passwordqwerty`, `azerty123456`. */
function isPair(text: string, common: ReadonlySet<string>): boolean {
  for (let at = MIN_BASE_CHARACTERS; at <= text.length - MIN_BASE_CHARACTERS; at++)
    if (common.has(text.slice(0, at)) && common.has(text.slice(at))) return isMostCommon(text, at);
  return false;
}

/** Two words of the list are common when one of them is no word: a passphrase of two rare words is none of our business. */
function isMostCommon(text: string, at: number): boolean {
  return [text.slice(0, at), text.slice(at)].some((half) => /\d/.test(half) || isRow(half) || KEYBOARD.test(half));
}

const KEYBOARD = /^(?:qwert|azert|asdfg|qsdfg|zxcvb|wxcvb|passw)/;

/** The shortest text whose repetition is the whole: `abcabcabc` is of `abc`. */
function unitOf(text: string): string {
  for (let length = 1; length <= text.length / 2; length++) {
    const unit = text.slice(0, length);
    if (text.length % length === 0 && unit.repeat(text.length / length) === text) return unit;
  }
  return text;
}

/** All characters the same, or each one further than the one before, up or down. */
function isRow(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  const [step] = steps;
  // From 9 on, a row of digits goes on with 0.
  const isDigits = /^\d+$/.test(text) && [...steps].every((one) => one === 1 || one === -9);
  return text.length > 1 && (isDigits || (steps.size === 1 && Math.abs(step ?? 2) <= 1));
}
