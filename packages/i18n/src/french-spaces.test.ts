import { expect, test } from "vitest";
import { messagesFor } from "./catalogue";
import { catalogueWithFrenchSpaces, withFrenchSpaces } from "./french-spaces";
import { formatMessage } from "./message";
import { defineTexts } from "./texts";

test.each([
  ["Ce n’était pas vous ?", "Ce n’était pas vous\u202f?"],
  ["Attention ! Et puis ; voilà", "Attention\u202f! Et puis\u202f; voilà"],
  ["Révoquer « {name} » : c’est définitif", "Révoquer «\u00a0{name}\u00a0»\u00a0: c’est définitif"],
  ["Personne n° {id}", "Personne n°\u00a0{id}"],
  [
    "http://localhost:3000/?a=b, {count, plural, =0 {rien} other {#}}",
    "http://localhost:3000/?a=b, {count, plural, =0 {rien} other {#}}",
  ],
])("%j is written %j", (typed, written) => {
  expect(withFrenchSpaces(typed)).toBe(written);
  expect(withFrenchSpaces(written)).toBe(written);
});

test("every text of the French catalogue and of a module has them, and no English one is touched", () => {
  const breaks = / [:;?!»]|« |n° /;
  expect(JSON.stringify(messagesFor("fr"))).not.toMatch(breaks);
  expect(JSON.stringify(messagesFor("en"))).not.toMatch(/[\u00a0\u202f]/);
  const texts = defineTexts({ fr: { a: { b: "Vide ?" } }, en: { a: { b: "Empty ?" } } });
  expect(texts).toEqual({ fr: { a: { b: "Vide\u202f?" } }, en: { a: { b: "Empty ?" } } });
});

test("a message with plurals is read as before", () => {
  const { text } = catalogueWithFrenchSpaces({
    text: "{count, plural, one {# dossier : lu ?} other {# dossiers : lus ?}}",
  });
  expect(formatMessage(text, "fr", { count: 2 })).toBe("2 dossiers\u00a0: lus\u202f?");
});
