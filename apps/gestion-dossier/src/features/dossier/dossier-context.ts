import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import { parseUserId } from "@mgs/core/user-id";
import type { DossierDto } from "@mgs/dossiers/contract/dossier";
import { getDossier } from "@mgs/dossiers/record/read-dossier";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { readerZone } from "@mgs/portal/reader-zone";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { portal, requireSession } from "../../portal";

/** What the parts of a dossier's page work with. */
export type DossierContext = {
  actor: UserActor;
  dossier: DossierDto;
  texts: DossierTexts;
  runtime: ReturnType<typeof portal.runtime>;
};

/** The texts and formats of a dossier's page, which stay on the server. */
export function dossierTexts(locale: Locale, timeZone: string) {
  const { dossierPage, dossiers } = messagesFor(locale);
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return {
    locale,
    timeZone,
    t: createTranslator(locale, { dossierPage }, "dossierPage"),
    words: createTranslator(locale, { dossiers }, "dossiers"),
    dateTime: (iso: string) => dateTime.format(new Date(iso)),
    /** Writes a date without a time, `2026-11-30`. */
    day: (date: string) => day.format(new Date(`${date}T00:00:00Z`)),
  };
}
export type DossierTexts = ReturnType<typeof dossierTexts>;

/** Finds the dossier of an address, once for all parts of the page; there is no page of one that the visitor does not see. */
export const getDossierContext = cache(async (text: string): Promise<DossierContext> => {
  const session = await requireSession();
  const id = parseUserId(text) ?? notFound();
  const actor = portal.actorOf(session);
  const runtime = portal.runtime();
  const dossier = await getDossier(runtime, actor, id).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const jar = await cookies();
  const timeZone = readerZone(session.user, (name) => jar.get(name)?.value);
  return { actor, dossier, texts: dossierTexts(session.user.locale, timeZone), runtime };
});
