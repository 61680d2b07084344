import type { UserActor } from "@mgs/core/actor";
import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { readerZone } from "@mgs/portal/reader-zone";
import { cookies } from "next/headers";
import { portal, requireSession } from "../../portal";

/** What the pages of the list and the board work with. */
export type ListContext = {
  actor: UserActor;
  runtime: ReturnType<typeof portal.runtime>;
  texts: DossierTexts;
};

/** The texts and formats of the list and the board, which stay on the server. */
export function dossierTexts(locale: Locale, timeZone: string) {
  const { dossiers, lists } = messagesFor(locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const dayOfTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone });
  const number = new Intl.NumberFormat(locale);
  return {
    locale,
    t: createTranslator(locale, { dossiers }, "dossiers"),
    lists: createTranslator(locale, { lists }, "lists"),
    /** Writes a date without a time, `2026-11-30`. */
    day: (date: string) => day.format(new Date(`${date}T00:00:00Z`)),
    /** Writes the reader's day of a time. */
    dayOf: (iso: string) => dayOfTime.format(new Date(iso)),
    number: (value: number) => number.format(value),
  };
}
export type DossierTexts = ReturnType<typeof dossierTexts>;

export async function getListContext(): Promise<ListContext> {
  const session = await requireSession();
  const jar = await cookies();
  const timeZone = readerZone(session.user, (name) => jar.get(name)?.value);
  return {
    actor: portal.actorOf(session),
    runtime: portal.runtime(),
    texts: dossierTexts(session.user.locale, timeZone),
  };
}
