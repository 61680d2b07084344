import fc from "fast-check";
import { expect, it } from "vitest";
import { isJsonLongerThan, memberSource } from "./json-text";

const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const value = fc.oneof(
  fc.jsonValue().map((json) => JSON.stringify(json)),
  fc.tuple(fc.jsonValue(), space).map(([json, indent]) => JSON.stringify(json, null, indent || " ")),
  fc.constantFrom("9007199254740993", "1.0", "-0", "1E400", '"\\u0061\\\\"', '"\\\\\\""', "{ }", "[ ]", "true", "null"),
);
const name = fc.oneof(fc.constantFrom("data", '"', "\\", "}", "d\\", "__proto__"), fc.string());

it("gives each member as it was written, of several of one name the last", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(space, name, space, space, value, space)), space, space, (members, before, after) => {
      const inside = members.map(([a, key, b, c, text, d]) => `${a}${JSON.stringify(key)}${b}:${c}${text}${d}`);
      const text = `${before}{${inside.join(",") || " "}}${after}`;
      JSON.parse(text);
      const last = new Map(members.map(([, key, , , source]) => [key, source]));
      for (const [key, source] of last) expect(memberSource(text, key)).toBe(source);
      expect(memberSource(text, "no such name")).toBe(last.get("no such name"));
    }),
  );
});

it("finds a name that is written with escapes", () => {
  expect(memberSource('{"d\\u0061ta": 1.0 }', "data")).toBe("1.0");
});

it("writes half a surrogate pair as an escape: it has no bytes of its own", () => {
  expect(memberSource('{"data":"\ud800 😀 \\ud800"}', "data")).toBe('"\\ud800 😀 \\ud800"');
});

it("measures text that nests too deep to be written again as it is", () => {
  const deep = `${'{"1":'.repeat(3_000)}1${"}".repeat(3_000)}`;
  expect(isJsonLongerThan(deep, 10_000)).toBe(true);
});
