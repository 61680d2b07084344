import { expect, test } from "vitest";
import { isolate } from "./isolate";
import { formatMessage } from "./message";

const [LRE, RLE, PDF, LRO, RLO] = ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e"];
const [LRI, RLI, FSI, PDI] = ["\u2066", "\u2067", "\u2068", "\u2069"];

test.each([
  ["Rija Andria", "Rija Andria"],
  ["Élodie 123 😀", "Élodie 123 😀"],
  [`Rija${RLO}`, `${FSI}Rija${RLO}${PDI}`],
  ["שלום", `${FSI}שלום${PDI}`],
  ["مرحبا 12", `${FSI}مرحبا 12${PDI}`],
  [`a${PDI}b`, `${FSI}ab${PDI}`],
  [`${PDI}${PDI}${RLO}x`, `${FSI}${RLO}x${PDI}`],
  [`${RLI}a`, `${FSI}${RLI}a${PDI}${PDI}`],
  [`${RLI}a${PDI}b${PDI}${LRI}`, `${FSI}${RLI}a${PDI}b${LRI}${PDI}${PDI}`],
  [`א\nב`, `${FSI}א${PDI}\n${FSI}ב${PDI}`],
  ["", ""],
])("%j becomes %j", (text, isolated) => {
  expect(isolate(text, "ltr")).toBe(isolated);
});

test("in a right-to-left sentence every text is isolated", () => {
  expect(isolate("Rija", "rtl")).toBe(`${FSI}Rija${PDI}`);
});

/** What is open at the end of a paragraph, by the rules of UAX 9 (X1 to X8). */
function leftOpen(text: string): number {
  const stack: ("isolate" | "embedding")[] = [];
  for (const mark of text) {
    if ([LRI, RLI, FSI].includes(mark)) stack.push("isolate");
    else if ([LRE, RLE, LRO, RLO].includes(mark)) stack.push("embedding");
    else if (mark === PDF && stack.at(-1) === "embedding") stack.pop();
    else if (mark === PDI && stack.includes("isolate")) stack.length = stack.lastIndexOf("isolate");
  }
  return stack.length;
}

function* sequences(pieces: readonly string[], length: number): Generator<string> {
  if (length === 0) return yield "";
  for (const rest of sequences(pieces, length - 1)) for (const piece of pieces) yield piece + rest;
}

test.each([1, 2, 3, 4])(
  "whatever %d characters a value has, the words after it stand in the sentence's own direction",
  (length) => {
    const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, "");
    for (const titre of sequences([LRE, RLE, PDF, LRO, RLO, LRI, RLI, FSI, PDI, "a", "א"], length)) {
      const text = formatMessage("« {titre} » sera supprimée", "fr", { titre });
      const [before = "", after] = text.split(" » ");
      if (after !== "sera supprimée" || leftOpen(before) !== 0)
        expect.fail(`${JSON.stringify(titre)} leaks: ${JSON.stringify(text)}`);
      // Nothing but marks was taken from it.
      if (plain(before) !== `« ${plain(titre)}`)
        expect.fail(`${JSON.stringify(titre)} is cut: ${JSON.stringify(text)}`);
    }
  },
);

test("numbers and plurals are not isolated", () => {
  expect(
    formatMessage("{count, plural, one {# de {name}} other {# de {name}}}", "fr", { count: 2, name: "Rija" }),
  ).toBe("2 de Rija");
});
