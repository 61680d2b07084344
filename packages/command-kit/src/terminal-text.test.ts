import { expect, test } from "vitest";
import { alignColumns } from "./align-columns";
import { createProgressLine } from "./progress-line";
import { paintOf, toTerminalText, widthOf } from "./terminal-text";

const NASTY = "a\u001b[2J\u0007\u009b31m\u007f\rb\u202ec";
const SPELT = "a\\u001b[2J\\u0007\\u009b31m\\u007f\\u000db\\u202ec";

test("what a terminal would obey is spelt out; line breaks and tabs of a text stay", () => {
  expect(toTerminalText(NASTY)).toBe(SPELT);
  expect(toTerminalText("é\n\t😀 日本")).toBe("é\n\t😀 日本");
});

test("JSON means the same, and no byte of it is obeyed", () => {
  const value = { titre: NASTY, list: ["\u2028"] };
  const shown = toTerminalText(JSON.stringify(value, null, 2));
  expect(JSON.parse(shown)).toEqual(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be there.
  expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
});

test("colours are ours alone, and take no room", () => {
  const paint = paintOf({ colours: true });
  expect(toTerminalText(paint.red(`x${NASTY}`))).toBe(`\u001b[31mx${SPELT}\u001b[39m`);
  expect(widthOf(paint.bold("abc"))).toBe(3);
  expect(paintOf({ colours: false }).red("abc")).toBe("abc");
  expect(toTerminalText("\ufdd0<31>x")).not.toContain("\u001b");
});

test("a cell is one line, aligned, whatever is in it", () => {
  const lines = alignColumns([
    ["TITRE", "X"],
    ["a\nb\tc", "1"],
  ]);
  expect(lines).toEqual(["TITRE            X", "a\\u000ab\\u0009c  1"]);
});

test("a progress line stays one line", () => {
  const written: string[] = [];
  const terminal = { write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WritableStream;
  createProgressLine({ terminal } as Parameters<typeof createProgressLine>[0]).show("users\n\u001b[1A");
  expect(written).toEqual(["\r\u001b[2Kusers\\u000a\\u001b[1A"]);
});
