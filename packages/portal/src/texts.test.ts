import { defineTexts } from "@mgs/i18n/texts";
import { defineModule } from "@mgs/module/module";
import { expect, test } from "vitest";
import { messagesOf, pickTexts, ROOT_TEXTS } from "./texts";

const notes = defineModule({
  name: "notes",
  texts: defineTexts({
    fr: { title: "Notes", empty: { text: "Rien" } },
    en: { title: "Notes", empty: { text: "Nothing" } },
  }),
});

test("a module's texts stand under its name, in each language", () => {
  expect(messagesOf([notes], "fr")).toMatchObject({ notes: { empty: { text: "Rien" } }, shell: { close: "Fermer" } });
  expect(messagesOf([notes], "en")).toMatchObject({ notes: { empty: { text: "Nothing" } }, shell: { close: "Close" } });
});

test("a text that one language lacks does not compile", () => {
  // @ts-expect-error `title` is missing
  defineTexts({ fr: { title: "Notes" }, en: {} });
});

test("a page sends the groups that it names, and no e-mail, error code or other page's text", () => {
  const sent = pickTexts(messagesOf([notes], "fr"), [...ROOT_TEXTS, "dashboard"]);
  expect(Object.keys(sent)).toEqual([...ROOT_TEXTS, "dashboard"]);
});
