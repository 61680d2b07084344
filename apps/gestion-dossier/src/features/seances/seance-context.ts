import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import { parseUserId } from "@mgs/core/user-id";
import type { SeanceDto } from "@mgs/dossiers/contract/seance";
import { DOSSIER_TIME_ZONE } from "@mgs/dossiers/deps";
import { getSeance } from "@mgs/dossiers/seances/read-seance";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { readerZone } from "@mgs/portal/reader-zone";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { portal, requireSession } from "../../portal";
import { workTexts } from "../dossier/work-texts";

/** What the pages of sessions work with. */
export type SeancesContext = {
  actor: UserActor;
  runtime: ReturnType<typeof portal.runtime>;
  texts: ReturnType<typeof seanceTexts>;
};

/** What the parts of one session's page work with. */
export type SeanceContext = SeancesContext & {
  seance: SeanceDto;
  /** The language and the time zone of the reader. */
  reader: { locale: Locale; timeZone: string };
};

/** The texts of sessions, and the times of theirs: people meet by the clock of Madagascar. */
export function seanceTexts(locale: Locale) {
  const moment = new Intl.DateTimeFormat(locale, {
    ...{ dateStyle: "medium", timeStyle: "short", timeZone: DOSSIER_TIME_ZONE },
  });
  const from = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: DOSSIER_TIME_ZONE });
  return {
    ...workTexts(locale),
    lists: createTranslator(locale, { lists: messagesFor(locale).lists }, "lists"),
    /** Writes one time. */
    moment: (iso: string) => moment.format(new Date(iso)),
    /** Writes when a session begins and ends. */
    time: ({ starts_at, ends_at }: Pick<SeanceDto, "starts_at" | "ends_at">) =>
      from.formatRange(new Date(starts_at), new Date(ends_at)),
  };
}

export async function getSeancesContext(): Promise<SeancesContext> {
  const session = await requireSession();
  return { actor: portal.actorOf(session), runtime: portal.runtime(), texts: seanceTexts(session.user.locale) };
}

/** Finds the session of an address; there is no page of one that the visitor does not see. */
export const getSeanceContext = cache(async (text: string): Promise<SeanceContext> => {
  const context = await getSeancesContext();
  const id = parseUserId(text) ?? notFound();
  const seance = await getSeance(context.runtime, context.actor, id).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const { user } = await requireSession();
  const jar = await cookies();
  const timeZone = readerZone(user, (name) => jar.get(name)?.value);
  return { ...context, seance, reader: { locale: user.locale, timeZone } };
});

/** The fields of a session as the controls of its form have them; each has its name in the history. */
export function toSeanceValues({ title, place, starts_at, ends_at, dossier, is_public }: SeanceDto) {
  const times = { starts_at: toLocalTime(starts_at), ends_at: toLocalTime(ends_at) };
  return { ...{ title, place, ...times, is_public }, dossier_id: dossier?.reference ?? "" };
}

/** A time as a control of the browser has it, by the clock of Madagascar: `2026-12-04T09:00`. */
function toLocalTime(iso: string): string {
  return Temporal.Instant.from(iso)
    .toZonedDateTimeISO(DOSSIER_TIME_ZONE)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
}
