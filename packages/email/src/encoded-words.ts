/** RFC 2047 section 2: an encoded-word has 75 characters at most, of which `=?UTF-8?B?` and `?=` are 12. */
const MAX_WORD_BYTES = 45;

/** Whether a mail program could take part of the text for an encoded-word and decode it. */
export function looksEncoded(text: string): boolean {
  return text.includes("=?");
}

/** All of a text as encoded-words (RFC 2047), each of whole characters: mail programs show it as it is. */
export function toEncodedWords(text: string): string {
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    if (Buffer.byteLength(word + character) > MAX_WORD_BYTES) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  return [...words, word].map((one) => `=?UTF-8?B?${Buffer.from(one).toString("base64")}?=`).join(" ");
}

/**
 * The text with an invisible character (word joiner) wherever an encoded-word could begin, for places that a library
 * encodes by itself: it looks the same, and is none.
 */
export function breakEncodedWords(text: string): string {
  return text.replaceAll("=?", "=\u2060?");
}
