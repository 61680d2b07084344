import { expect, it } from "vitest";
import { isBlank } from "./blank";

it.each([
  ["nothing", ""],
  ["spaces and line ends", " \t\r\n"],
  ["a no-break space", "\u00a0"],
  ["a line separator", "\u2028"],
  ["a paragraph separator", "\u2029"],
  ["an ideographic space", "\u3000"],
  ["a zero width space", "\u200b"],
  ["a byte order mark", "\ufeff"],
  ["a soft hyphen", "\u00ad"],
  ["joiners", "\u200d\u2060"],
  ["direction marks and isolates", "\u200f\u202e\u2068\u2069"],
  ["control characters", "\u0007\u001b\u0085"],
  ["a Hangul filler", "\u3164"],
  ["a variation selector", "\ufe0f"],
  ["an empty pattern of Braille", "\u2800"],
  ["a tag character", "\u{e0041}"],
  ["all of them", " \u200b\u2028\u2800\u202e"],
])("%s is blank", (_name, text) => {
  expect(isBlank(text)).toBe(true);
});

it.each(["a", " . ", "\u200bé", "😀", "👩\u200d🚀", "0", "\u202eabc", "ᄀ", "漢", "\u0301"])(
  "%j is not blank",
  (text) => {
    expect(isBlank(text)).toBe(false);
  },
);
