import { cutToBytes } from "@mgs/core/text";
import { createTranslator } from "@mgs/i18n/translator";
import { findPeopleRights, type PersonRights } from "@mgs/identity/users/people-rights.repository";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { DOSSIER_PORTAL } from "../deps";
import { type DossierRow, readDossierRows } from "../dossiers.repository";
import { dossierPath } from "../links";
import type { dossierNotice } from "../outbox-kinds";
import { dossierSubject } from "../subjects";
import { noticeTexts } from "./notice-texts";

type Payload = OutboxPayload<typeof dossierNotice>;

/**
 * Tells people of a dossier, by the bell of every portal and by mail, each in their language. Who has lost the access since then hears
 * nothing. A second run tells nobody twice: the bell's key is the row's id and the person's.
 */
export const tellDossierNotice: OutboxHandler<Payload> = async (deps, { id, payload }) => {
  const [row] = await readDossierRows(deps.database, [payload.dossier_id]);
  if (!row) return;
  const readers = await dossierSubject.visibleTo(deps.database, String(row.id), payload.user_ids);
  const people = await findPeopleRights(deps.database, [...readers, ...(payload.by === null ? [] : [payload.by])]);
  const by = people.find((person) => person.id === payload.by)?.name;
  for (const person of people.filter((one) => readers.includes(one.id))) {
    const { title, text } = writeDossierNotice(person, row, payload, by);
    await deps.ringBell({
      ...{ key: `dossier:${id}:${person.id}`, userId: person.id, type: `dossier.${payload.notice}` },
      ...{ titre: title, message: text, url: dossierPath(row.id), source: DOSSIER_PORTAL, mailed: true },
    });
  }
};

/** A notification has 5,000 characters at most, and none has less than a byte. */
const MAX_TEXT_BYTES = 5_000;

/** The words of a notice in its reader's language. */
export function writeDossierNotice(
  { locale }: Pick<PersonRights, "locale">,
  row: Pick<DossierRow, "reference" | "title">,
  { notice, state, text, verdict, due_on }: Pick<Payload, "notice" | "state" | "text" | "verdict" | "due_on">,
  by: string | undefined,
): { title: string; text: string } {
  const t = createTranslator(locale, { notices: noticeTexts[locale] }, "notices");
  const due = due_on === undefined ? "" : formatDay(due_on, locale);
  const values = {
    ...{ dossier: row.reference, title: row.title, due, by: by ?? t("nobody") },
    state: state === undefined ? "" : t(`state.${state}` as "state.nouveau"),
    verdict: verdict === undefined ? "" : t(`verdict.${verdict}` as "verdict.refused"),
  };
  const deadline = notice === "asked" && due !== "" ? t("due", { due }) : undefined;
  const lines = [[t(`text.${notice}`, values), deadline].filter(Boolean).join(" "), text].filter(Boolean);
  return { title: t(`title.${notice}`, values), text: cutToBytes(lines.join("\n\n"), MAX_TEXT_BYTES) };
}

/** `30 novembre 2026`. */
function formatDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}
