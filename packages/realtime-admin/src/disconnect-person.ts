import { auditOnce } from "@mgs/audit/audit-once.repository";
import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import type { Publisher } from "@mgs/realtime/server";
import { z } from "zod";
import { translateFailure } from "./ask-server";
import type { People } from "./people";
import { requirePermission } from "./permissions";
import { findDevices, type PersonConnections } from "./person-connections";

const MAX_CONCURRENT_REQUESTS = 8;

const auditedDetails = z.object({ connected: z.number() });

/**
 * Closes every socket of a person, on all devices, and leaves them signed in. Sockets sign in with the id of their
 * device, so each device is ended by itself. The server closes with 4009, after which pusher-js does not connect again:
 * an open page gets no event until it is reloaded.
 * @param input `idempotencyKey`: a repeated call with it closes the sockets that are still open, and is one entry of the audit log
 * @returns how the person was connected before the first call
 * @throws AppError FORBIDDEN unless an administrator asks; USER_NOT_FOUND, REALTIME_AWAY, REALTIME_REFUSED
 */
export async function disconnectPerson(
  deps: { database: Database; people: People; publisher: Publisher },
  actor: Actor,
  input: { userId: number; idempotencyKey?: string },
): Promise<PersonConnections> {
  requirePermission(actor, "connections.close");
  const { person, devices } = await findDevices(deps, input.userId);
  const { details } = await auditOnce(deps.database, input.idempotencyKey, {
    actor,
    action: "realtime.user-disconnected",
    subject: person.id,
    details: { connected: devices.filter((device) => device.connected).length },
  });
  // Includes devices that may be connecting at this moment. An older sign-in would cost a request and has no socket.
  const ids = devices.filter((device) => device.connected || device.recent).map(({ id }) => id);
  for (let first = 0; first < ids.length; first += MAX_CONCURRENT_REQUESTS) {
    await translateFailure(
      Promise.all(ids.slice(first, first + MAX_CONCURRENT_REQUESTS).map((id) => deps.publisher.terminateUser(id))),
    );
  }
  return { ...person, ...auditedDetails.parse(details) };
}
