import { expect, test } from "vitest";
import { messagesFor } from "./catalogue";
import { argumentsOf, formatMessage, parseMessage } from "./message";
import { createTranslator } from "./translator";

function* texts(group: object, path: string): Generator<[string, string]> {
  for (const [name, value] of Object.entries(group)) {
    if (typeof value === "string") yield [`${path}${name}`, value];
    else yield* texts(value, `${path}${name}.`);
  }
}

const french = [...texts(messagesFor("fr"), "")];
const english = new Map(texts(messagesFor("en"), ""));

test.each(french)("%s is a message in both languages, with the same values", (key, message) => {
  expect(argumentsOf(parseMessage(english.get(key) ?? ""))).toEqual(argumentsOf(parseMessage(message)));
});

const FILES = "{count, plural, =0 {Aucun fichier pour {name}} one {# fichier} other {# fichiers}}, {name}";

test.each([
  ["fr", 0, "Aucun fichier pour Rija, Rija"],
  ["fr", 1, "1 fichier, Rija"],
  ["fr", 1.5, "1,5 fichier, Rija"],
  ["fr", 1_234, "1\u202f234 fichiers, Rija"],
  ["en", 1_234, "1,234 fichiers, Rija"],
])("a plural in %s for %d", (locale, count, text) => {
  expect(formatMessage(FILES, locale, { count, name: "Rija" })).toBe(text);
});

test.each([
  ["fr", "Heures de {zone}", "Antananarivo", "Heures d’Antananarivo"],
  ["fr", "le compte de {zone} (de {zone})", "Onja", "le compte d’Onja (d’Onja)"],
  ["fr", "De {zone}, plus que {zone}", "Élodie", "D’Élodie, plus qu’Élodie"],
  ["fr", "{count, plural, other {Connexions de {zone}}}", "Onja", "Connexions d’Onja"],
  ["fr", "le compte de {zone}", "Haja", "le compte de Haja"],
  ["fr", "le code {zone}, une clé de : {zone}, mode {zone}", "Onja", "le code Onja, une clé de : Onja, mode Onja"],
  ["en", "de {zone}", "Onja", "de Onja"],
])("in %s, %j with %j is %j", (locale, message, zone, text) => {
  expect(formatMessage(message, locale, { zone, count: 2 })).toBe(text);
});

test("message syntax inside values is plain text", () => {
  expect(formatMessage("« {titre} », n° {n}", "fr", { titre: "{n} # <b>", n: 1_234 })).toBe("« {n} # <b> », n° 1234");
  expect(formatMessage("l'an # {année}".replace("année", "an"), "fr")).toBe("l'an # {an}");
});

test.each(["{", "}", "{a", "{a}}", "{a b}", "{a, select, x {y}}", "{a, plural, one {x}}", "{a, plural, other {x}"])(
  "%s is no message",
  (message) => {
    expect(() => parseMessage(message)).toThrow("not a message");
  },
);

test("a translator reads one group, and returns the name of a missing key", () => {
  const messages = { a: { b: { hello: "Bonjour {name}" } } };
  const t = createTranslator("fr", messages, "a.b");
  expect(t("hello", { name: "Rija" })).toBe("Bonjour Rija");
  expect(t("toString" as "hello")).toBe("a.b.toString");
});
