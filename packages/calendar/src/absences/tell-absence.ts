import { absencesPath } from "@mgs/core/portal-links";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { findAbsence } from "../absences.repository";
import type { absenceChanged } from "../outbox-kinds";
import { absenceTexts } from "./absence-texts";

/** Tells the person who is away, and the colleague who stands in, each in their language. */
export const tellAbsence: OutboxHandler<OutboxPayload<typeof absenceChanged>> = async (deps, { id, payload }) => {
  const absence = await findAbsence(deps.database, payload.absence_id);
  if (!absence) return;
  const people = await findPeopleRights(deps.database, [absence.userId, absence.substituteId]);
  const nameOf = (userId: number) => people.find((person) => person.id === userId)?.name ?? "";
  for (const person of people) {
    const { t, day } = absenceTexts(person.locale);
    const who = person.id === absence.userId ? "own" : "colleague";
    await deps.ringBell({
      key: `${id}:${person.id}`,
      userId: person.id,
      type: `absence.${payload.op}`,
      titre: t(`notice.${payload.op}.title`),
      message: t(`notice.${payload.op}.${who}`, {
        ...{ person: nameOf(absence.userId), substitute: nameOf(absence.substituteId) },
        ...{ first: day(absence.firstDay), last: day(absence.lastDay) },
      }),
      url: absencesPath(),
    });
  }
};
