import { type Actor, requireUser } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { type AbsenceRow, findAbsencesOf } from "../absences.repository";
import type { AbsenceDto } from "../contract/absence";
import { requirePermission } from "../permissions";
import { todayOf } from "../today";
import type { AbsenceDeps } from "./absence-deps";

/** More than anybody plans ahead. */
const MAX_ABSENCES = 100;

/** The caller's absences that are not over, and those of colleagues for whom they stand in; the next first. */
export async function listAbsences(
  deps: Pick<AbsenceDeps, "database" | "clock">,
  actor: Actor,
): Promise<{ own: AbsenceDto[]; standing_in: AbsenceDto[] }> {
  requirePermission(actor, "absence.read");
  const { userId } = requireUser(actor);
  const today = todayOf(deps.clock);
  const rows = await findAbsencesOf(deps.database, userId, today, MAX_ABSENCES);
  const absences = await toDtos(deps.database, rows, today);
  return {
    own: absences.filter(({ user }) => user.id === userId),
    standing_in: absences.filter(({ user }) => user.id !== userId),
  };
}

/** Absences with the names of their people. */
export async function toDtos(database: Database, rows: readonly AbsenceRow[], today: string): Promise<AbsenceDto[]> {
  const people = await findPeopleRights(
    database,
    rows.flatMap(({ userId, substituteId }) => [userId, substituteId]),
  );
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  const toPerson = (id: number) => ({ id, name: nameOf.get(id) ?? "" });
  return rows.map(({ id, userId, substituteId, firstDay, lastDay, endedAt }) => ({
    id,
    user: toPerson(userId),
    substitute: toPerson(substituteId),
    first_day: firstDay,
    last_day: lastDay,
    is_on: endedAt === null && firstDay <= today && today <= lastDay,
  }));
}
