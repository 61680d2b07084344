import { defineTexts } from "@mgs/i18n/texts";
import { defineModule } from "@mgs/module/module";
import { expect, test } from "vitest";
import { mergeMessages, pickTexts, ROOT_TEXTS } from "./texts";

const notes = defineModule({
  name: "notes",
  texts: defineTexts({
    fr: { title: "Notes", empty: { text: "Rien" } },
    en: { title: "Notes", empty: { text: "Nothing" } },
  }),
});

test("merges a module's texts under its name, in each language", () => {
  expect(mergeMessages([notes], "fr")).toMatchObject({
    notes: { empty: { text: "Rien" } },
    shell: { close: "Fermer" },
  });
  expect(mergeMessages([notes], "en")).toMatchObject({
    notes: { empty: { text: "Nothing" } },
    shell: { close: "Close" },
  });
});

test("a text that is missing in one language does not compile", () => {
  // @ts-expect-error `title` is missing
  defineTexts({ fr: { title: "Notes" }, en: {} });
});

test("a page sends the groups that it names, and no text of mails, error codes or other pages", () => {
  const sent = pickTexts(mergeMessages([notes], "fr"), [...ROOT_TEXTS, "dashboard"]);
  expect(Object.keys(sent)).toEqual([...ROOT_TEXTS, "dashboard"]);
});
