import { expect, test } from "vitest";
import { keysNamedIn } from "./mentions";

const [ZO, RAKOTO, ALL] = [
  { key: "1", name: "Zo" },
  { key: "2", name: "Zo Rakoto" },
  { key: "suiveurs", name: "suiveurs" },
];

test.each([
  ["Bonjour", []],
  ["@Zo", ["1"]],
  ["@Zo Rakoto, le plan", ["2"]],
  ["@Zo Rakoto et @Zo", ["1", "2"]],
  ["@Zo et @Zo", ["1"]],
  ["@@suiveurs", ["suiveurs"]],
  ["Zo @ Zo Rakoto", []],
])("of %j the named are %j", (text, keys) => {
  expect(keysNamedIn(text, [ZO, RAKOTO, ALL])).toEqual(keys);
});

test("two people of one name are both named", () => {
  expect(keysNamedIn("@Zo", [ZO, { key: "9", name: "Zo" }])).toEqual(["1", "9"]);
});
