import type { Locale } from "@mgs/core/locale";
import { en } from "./messages/en/catalogue";
import { fr } from "./messages/fr/catalogue";

/** The French catalogue sets the shape; a key that another language lacks does not compile. */
type Shape<T> = { [K in keyof T]: T[K] extends string ? string : Shape<T[K]> };
export type Messages = Shape<typeof fr>;

const CATALOGUES: Record<Locale, Messages> = { fr, en };

export function messagesFor(locale: Locale): Messages {
  return CATALOGUES[locale];
}
