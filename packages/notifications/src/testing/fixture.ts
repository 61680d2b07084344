import type { ClientActor, UserActor } from "@mgs/core/actor";
import type { PortalUrls } from "@mgs/core/portals";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import type { OutboxRef } from "@mgs/jobs/outbox.repository";
import type { SendDeps } from "../deps";
import { noSendLimiter } from "../send-limiter";
import { sendNotification } from "../send-notification";

export const portalUrls: PortalUrls = {
  administration: "http://localhost:3000",
  commercial: "http://localhost:3001",
  "gestion-dossier": "http://localhost:3002",
};

/** A database with people 1 to 4, of whom 4 is disabled; the enqueuer collects what it is given. */
export type Fixture = { deps: SendDeps; enqueued: OutboxRef[]; test: TestDatabase };

export async function createFixture(): Promise<Fixture> {
  const test = await createTestDatabase();
  await test.database.user.createMany({
    data: [1, 2, 3, 4].map((id) => ({
      id,
      email: `person${id}@mgs.mg`,
      name: `Person ${id}`,
      passwordHash: "-",
      role: "direction",
      disabledAt: id === 4 ? new Date() : null,
    })),
  });
  const enqueued: OutboxRef[] = [];
  const enqueuer = {
    enqueue: async (refs: readonly OutboxRef[]) => enqueued.push(...refs) > 0,
    close: async () => {},
  };
  return { test, enqueued, deps: { database: test.database, enqueuer, limiter: noSendLimiter, portalUrls } };
}

export function person(userId: number, more: Partial<UserActor> = {}): UserActor {
  return {
    kind: "user",
    userId,
    role: "direction",
    locale: "fr",
    userSessionId: "0199a000-0000-7000-8000-000000000000",
    clientId: "commercial",
    scopes: PORTAL_SCOPES,
    ...more,
  };
}

export const machine: ClientActor = { kind: "client", clientId: "erp", scopes: ["notifications:send"] };

export const message = {
  user_id: 1,
  type: "test_commercial",
  titre: "Notification depuis Commercial",
  message: "Test de notification inter-applications",
  url: "http://localhost:3001/dashboard",
};

/** Sends `count` notifications as the machine client. @returns their ids, the oldest first */
export async function receiveNotifications({ deps }: Fixture, count: number, userId = 1): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const { notification } = await sendNotification(deps, machine, { ...message, user_id: userId, titre: `n${index}` });
    ids.push(notification.id);
  }
  return ids;
}
