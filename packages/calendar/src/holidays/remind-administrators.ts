import { ADMINISTRATOR_ROLE } from "@mgs/core/roles";
import { findPeopleOfRole } from "@mgs/identity/users/people-rights.repository";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { findYear } from "../holidays.repository";
import { holidaysPath } from "../links";
import type { holidaysUnconfirmed } from "../outbox-kinds";
import { holidayTexts } from "./holiday-texts";

const MAX_ADMINISTRATORS = 100;

/** Reminds the administrators to confirm the holidays of a year, each in their language; not when somebody has done it meanwhile. */
export const remindAdministrators: OutboxHandler<OutboxPayload<typeof holidaysUnconfirmed>> = async (
  deps,
  { id, payload: { year } },
) => {
  const row = await findYear(deps.database, year);
  if (row?.confirmedAt) return;
  for (const person of await findPeopleOfRole(deps.database, ADMINISTRATOR_ROLE, MAX_ADMINISTRATORS)) {
    const t = holidayTexts(person.locale);
    await deps.ringBell({
      key: `${id}:${person.id}`,
      userId: person.id,
      type: "calendar.holidays",
      titre: t("reminder.title", { year: String(year) }),
      message: t("reminder.message", { year: String(year) }),
      url: holidaysPath({ annee: String(year) }),
    });
  }
};
