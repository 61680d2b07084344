import type { Locale } from "@mgs/core/locale";
import { catalogueWithFrenchSpaces } from "./french-spaces";
import { en } from "./messages/en/catalogue";
import { fr } from "./messages/fr/catalogue";

/** The French catalogue sets the shape; a key that another language lacks does not compile. */
export type Shape<T> = { [K in keyof T]: T[K] extends string ? string : Shape<T[K]> };
export type Messages = Shape<typeof fr>;

/**
 * Texts of modules, each under its module's name. A module adds its own:
 * `declare module "@mgs/i18n/catalogue" { interface ModuleMessages { notes: typeof notesTexts.fr } }`
 */
// biome-ignore lint/suspicious/noEmptyInterface: modules add to it
export interface ModuleMessages {}

const CATALOGUES: Record<Locale, Messages> = { fr: catalogueWithFrenchSpaces(fr), en };

export function messagesFor(locale: Locale): Messages {
  return CATALOGUES[locale];
}
