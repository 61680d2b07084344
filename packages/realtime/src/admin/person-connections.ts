import { type Actor, requireAdministrator } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import { sessionChannel } from "../names";
import type { Publisher } from "../server";
import { findNames, type LiveSession, listLiveSessions, type PersonName } from "./people.repository";
import { listChannels } from "./search-channels";

export type PersonConnections = {
  id: number;
  name: string;
  /** Devices with a page open and connected. */
  connected: number;
};

/**
 * How a person is connected: each connected device listens to a channel of its own.
 * @throws AppError FORBIDDEN unless an administrator asks; USER_NOT_FOUND, REALTIME_AWAY, REALTIME_REFUSED
 */
export async function personConnections(
  deps: { database: Database; publisher: Publisher },
  actor: Actor,
  input: { userId: number },
): Promise<PersonConnections> {
  requireAdministrator(actor);
  const { person, devices } = await findDevices(deps, input.userId);
  return { ...person, connected: devices.filter(({ connected }) => connected).length };
}

type Device = LiveSession & { connected: boolean };

/** A person and the devices that they are signed in on. Permission is the caller's matter. */
export async function findDevices(
  { database, publisher }: { database: Database; publisher: Publisher },
  userId: number,
): Promise<{ person: PersonName; devices: Device[] }> {
  const name = (await findNames(database, [userId])).get(userId);
  if (name === undefined) throw new AppError("USER_NOT_FOUND");
  const [sessions, occupied] = await Promise.all([
    listLiveSessions(database, userId),
    listChannels(publisher, sessionChannel("")),
  ]);
  return {
    person: { id: userId, name },
    devices: sessions.map((session) => ({ ...session, connected: occupied.has(sessionChannel(session.id)) })),
  };
}
