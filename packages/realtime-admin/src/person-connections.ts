import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { sessionChannel } from "@mgs/realtime/names";
import type { Publisher } from "@mgs/realtime/server";
import type { Device, People, PersonName } from "./people";
import { requirePermission } from "./permissions";
import { listChannels } from "./search-channels";

export type PersonConnections = {
  id: number;
  name: string;
  /** Devices with a page open and connected. */
  connected: number;
};

/**
 * Counts the connected devices of a person: each listens to a channel of its own.
 * @throws AppError FORBIDDEN unless an administrator asks; USER_NOT_FOUND, REALTIME_AWAY, REALTIME_REFUSED
 */
export async function countPersonConnections(
  deps: { people: People; publisher: Publisher },
  actor: Actor,
  input: { userId: number },
): Promise<PersonConnections> {
  requirePermission(actor, "connections.read");
  const { person, devices } = await findDevices(deps, input.userId);
  return { ...person, connected: devices.filter(({ connected }) => connected).length };
}

/** Finds a person and the devices on which they are signed in. The caller checks permission. */
export async function findDevices(
  { people, publisher }: { people: People; publisher: Publisher },
  userId: number,
): Promise<{ person: PersonName; devices: (Device & { connected: boolean })[] }> {
  const name = (await people.findNames([userId])).get(userId);
  if (name === undefined) throw new AppError("USER_NOT_FOUND");
  const [devices, occupied] = await Promise.all([
    people.listDevices(userId),
    listChannels(publisher, sessionChannel("")),
  ]);
  return {
    person: { id: userId, name },
    devices: devices.map((device) => ({ ...device, connected: occupied.has(sessionChannel(device.id)) })),
  };
}
