import type { Locale } from "@mgs/core/locale";
import type { Shape } from "./catalogue";
import { catalogueWithFrenchSpaces } from "./french-spaces";

/** Texts by name, in groups. */
export type TextTree = { readonly [name: string]: string | TextTree };

/** A module's own texts, by language. */
export type ModuleTexts = Readonly<Record<Locale, TextTree>>;

/** Declares a module's own texts. The French ones set the shape; a text that another language lacks does not compile. */
export function defineTexts<Texts extends TextTree>(texts: {
  fr: Texts;
  en: Shape<NoInfer<Texts>>;
}): { fr: Texts; en: Shape<NoInfer<Texts>> } {
  return { ...texts, fr: catalogueWithFrenchSpaces(texts.fr) };
}
