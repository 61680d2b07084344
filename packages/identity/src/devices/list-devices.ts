import type { Actor } from "@mgs/core/actor";
import type { Locale } from "@mgs/core/locale";
import { isSessionEndReason, type SessionEndReason } from "@mgs/core/session-end-reasons";
import type { Database } from "@mgs/db/client";
import { findRowStates, type RowState } from "@mgs/jobs/find-row-states.repository";
import { requirePermission } from "../permissions";
import { findLogoutDeliveries, type LogoutDelivery } from "../sessions/logout-deliveries.repository";
import type { AuthMethod } from "../sessions/user-sessions.repository";
import { type BrowserName, nameBrowser } from "./browser-name";
import { type DeviceRow, findDeviceClients, findEndedDevices, findLiveDevices } from "./devices.repository";
import type { LocateAddress } from "./locate-address";

/** Most devices that a page shows. Nobody has more live ones, but for somebody who signs in by a program. */
const MAX_LIVE_DEVICES = 50;
const MAX_ENDED_DEVICES = 20;

/** What became of an application's logout token. */
export type DeviceLogout = {
  application: string;
} & (
  | { state: "answered"; durationMs: number }
  /** The application has not answered; `nextAt` is the next attempt. */
  | { state: "retrying"; nextAt: Date }
  | { state: "pending" }
  | { state: "given-up" }
);

/** One sign-in on one device. */
export type Device = BrowserName & {
  id: string;
  /** The device that asks. */
  isCurrent: boolean;
  ip: string | null;
  /** Where the address is, when a database of places knows it. */
  place: string | null;
  method: AuthMethod;
  createdAt: Date;
  lastSeenAt: Date;
  /** Names of the applications that it has opened, while it is live. */
  applications: readonly string[];
  end: { at: Date; reason: SessionEndReason | null; logouts: readonly DeviceLogout[] } | null;
};

/** @property live the one that asks, then those seen last first @property ended the latest ones, without those that their person has removed */
export type Devices = { live: readonly Device[]; ended: readonly Device[] };

/**
 * Lists a person's devices. Its cost does not depend on how many people and sign-ins there are.
 * @throws AppError FORBIDDEN unless the person asks in a portal, or an administrator
 */
export async function listDevices(
  deps: { database: Database; locateAddress: LocateAddress },
  actor: Actor,
  input: { userId: number; locale: Locale; limit?: number },
): Promise<Devices> {
  requirePermission(actor, "devices.read", input);
  const { userId, locale, limit = Number.POSITIVE_INFINITY } = input;
  const { database } = deps;
  const currentId = actor.kind === "user" ? actor.userSessionId : null;
  const [live, ended] = await Promise.all([
    findLiveDevices(database, userId, { firstId: currentId, limit: Math.min(limit, MAX_LIVE_DEVICES) }),
    findEndedDevices(database, userId, Math.min(limit, MAX_ENDED_DEVICES)),
  ]);
  const [clients, deliveries] = await Promise.all([
    findDeviceClients(
      database,
      live.map(({ id }) => id),
    ),
    findLogoutDeliveries(
      database,
      ended.map(({ id }) => id),
    ),
  ]);
  const unanswered = deliveries.flatMap(({ answeredAt, outboxId }) => (answeredAt === null ? [outboxId] : []));
  const states = await findRowStates(database, unanswered);

  const toDevice = async ({ userAgent, authMethod, endedAt, endReason, ...row }: DeviceRow): Promise<Device> => ({
    ...row,
    ...nameBrowser(userAgent),
    isCurrent: row.id === currentId,
    place: await deps.locateAddress(row.ip, locale),
    method: authMethod,
    applications: clients.flatMap(({ userSessionId, name }) => (userSessionId === row.id ? [name] : [])),
    end: endedAt && {
      at: endedAt,
      reason: isSessionEndReason(endReason) ? endReason : null,
      logouts: deliveries
        .filter(({ userSessionId }) => userSessionId === row.id)
        .map((delivery) => toLogout(delivery, states.get(delivery.outboxId))),
    },
  });
  return { live: await Promise.all(live.map(toDevice)), ended: await Promise.all(ended.map(toDevice)) };
}

function toLogout({ clientName, answeredAt, durationMs }: LogoutDelivery, row: RowState | undefined): DeviceLogout {
  const application = clientName;
  if (answeredAt !== null) return { application, state: "answered", durationMs: durationMs ?? 0 };
  if (!row || row.state === "dead") return { application, state: "given-up" };
  if (row.state === "pending" && row.attempts > 0) return { application, state: "retrying", nextAt: row.availableAt };
  return { application, state: "pending" };
}
