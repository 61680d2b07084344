import { expect, test } from "vitest";
import { readSocketId } from "./socket-id";

test.each([
  ["123.456", "123.456"],
  ["123", undefined],
  ["1.2\n", undefined],
  ["a.b", undefined],
  [`${"1".repeat(21)}.1`, undefined],
])("the socket of %j is %j", (text, expected) => {
  const headers = new Headers();
  headers.set("x-socket-id", encodeURIComponent(text) === text ? text : "x");
  expect(readSocketId(new Request("http://a.test", { headers }))).toBe(expected);
});
