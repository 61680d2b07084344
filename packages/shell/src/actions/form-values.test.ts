import { expect, test } from "vitest";
import { isSecret } from "./form-values";

/** As much of a browser's input as the question needs; tests of this package run without a document. */
class Input {
  type = "text";
  autocomplete = "";
  dataset: Record<string, string> = {};
}

test.each([
  [{}, false],
  [{ type: "password" }, true],
  [{ autocomplete: "one-time-code" }, true],
  [{ dataset: { draft: "never" } }, true],
])("a control with %j is kept out of drafts: %j", (properties, isKeptOut) => {
  const before = Reflect.get(globalThis, "HTMLInputElement");
  Reflect.set(globalThis, "HTMLInputElement", Input);
  try {
    expect(isSecret(Object.assign(new Input(), properties) as unknown as Element)).toBe(isKeptOut);
  } finally {
    Reflect.set(globalThis, "HTMLInputElement", before);
  }
});
