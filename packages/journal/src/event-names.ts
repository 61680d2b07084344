import type { TrailRow } from "@mgs/audit/trail/trail.repository";
import type { Database } from "@mgs/db/client";
import { allClients } from "@mgs/identity/clients/clients.repository";
import { createPeopleDirectory } from "@mgs/identity/people.repository";

/** Names of the people and programs in some events. Who was deleted has none. */
export type EventNames = { people: ReadonlyMap<number, string>; clients: ReadonlyMap<string, string> };

/** The number of a person who acted; null for a program, a visitor and our own system. */
export function actingUserId({ actor }: Pick<TrailRow, "actor">): number | null {
  const [, id] = /^user:(\d{1,10})$/.exec(actor) ?? [];
  return id === undefined ? null : Number(id);
}

/** Looks up the names in events, each person once. */
export async function readEventNames(database: Database, events: readonly TrailRow[]): Promise<EventNames> {
  const ids = new Set(
    events
      .flatMap((event) => [
        actingUserId(event) ?? [],
        event.impersonatorId ?? [],
        event.userId ?? [],
        event.subjectType === "user" && /^\d{1,10}$/.test(event.subject ?? "") ? Number(event.subject) : [],
      ])
      .flat(),
  );
  const [people, clients] = await Promise.all([
    createPeopleDirectory(database).findNames([...ids]),
    allClients(database),
  ]);
  return { people, clients: new Map(clients.map(({ id, name }) => [id, name])) };
}
