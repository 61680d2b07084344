import { createTranslator } from "@mgs/i18n/translator";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { DOSSIER_PORTAL, DOSSIER_TIME_ZONE } from "../deps";
import { seancePath } from "../links";
import { seanceNoticeTexts } from "./seance-notice-texts";
import type { seanceNotice } from "./seance-notices";
import { readSeanceRows } from "./seances.repository";

type Payload = OutboxPayload<typeof seanceNotice>;

/**
 * Tells participants of a session, each in their language. Whoever takes part no more, nor stands in, hears nothing. A second run tells nobody twice: the
 * bell's key is the row's id and the person's.
 */
export const tellSeanceNotice: OutboxHandler<Payload> = async (deps, { id, payload }) => {
  const { seance_id, notice, user_ids, by } = payload;
  const [row] = await readSeanceRows(deps.database, [seance_id]);
  if (!row) return;
  const circle = new Set([...row.participants, ...row.substitutes.map(({ userId }) => userId)]);
  const told = user_ids.filter((one) => circle.has(one));
  const absentIds = row.substitutes.map(({ forUserId }) => forUserId);
  const people = await findPeopleRights(deps.database, [...told, ...absentIds, ...(by === null ? [] : [by])]);
  const name = people.find((person) => person.id === by)?.name;
  for (const { id: userId, locale } of people.filter((one) => told.includes(one.id))) {
    const t = createTranslator(locale, { notices: seanceNoticeTexts[locale] }, "notices");
    const time = new Intl.DateTimeFormat(locale, {
      ...{ dateStyle: "full", timeStyle: "short", timeZone: DOSSIER_TIME_ZONE },
    }).format(row.startsAt);
    const absent = row.substitutes.filter((one) => one.userId === userId).map(({ forUserId }) => forUserId);
    const away = people.filter(({ id }) => absent.includes(id)).map((person) => person.name);
    const values = {
      ...{ by: name ?? t("nobody"), title: row.title, time },
      person: new Intl.ListFormat(locale).format(away),
    };
    const place = row.place === "" ? [] : [t("place", { place: row.place })];
    await deps.ringBell({
      ...{ key: `seance:${id}:${userId}`, userId, type: `seance.${notice}` },
      ...{ titre: t(`title.${notice}`), message: [t(`text.${notice}`, values), ...place].join("\n") },
      ...{ url: seancePath(row.id), source: DOSSIER_PORTAL, mailed: true },
    });
  }
};
