import { systemClock } from "@mgs/core/clock";
import { uuidv7 } from "@mgs/core/ids";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { endSession } from "@mgs/identity/sessions/end-session";
import type { OutboxRef } from "@mgs/jobs/outbox.repository";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { IDENTITY_HOOKS } from "./runtime";

const SYSTEM = { kind: "system", name: "test" } as const;

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

let enqueued: OutboxRef[];
/** Inserts a sign-in with a client that has a logout address, tokens, a grant, and a portal session. */
let id: string;
beforeEach(async () => {
  enqueued = [];
  const { database } = test;
  for (const table of ["outbox", "users", "clients", "oidc_payloads"]) {
    await database.$executeRawUnsafe(`DELETE FROM ${table}`);
  }
  await database.user.create({ data: { id: 1, email: "a@mgs.mg", name: "A", passwordHash: "-", role: "commercial" } });
  for (const client of ["portal", "agenda"]) {
    await database.client.create({
      data: { id: client, name: client, secretHash: "-", backchannelLogoutUri: `https://${client}.mg/logout` },
    });
  }
  id = uuidv7();
  await database.userSession.create({ data: { id, userId: 1, oidcSessionUid: "uid" } });
  await database.sessionClient.create({ data: { userSessionId: id, clientId: "portal" } });
  const expiresAt = new Date(Date.now() + 3_600_000);
  const payload = { payload: "-", expiresAt };
  await database.oidcPayload.createMany({
    data: [
      { ...payload, model: "Session", idHash: "session", uid: "uid", sessionUid: "uid" },
      { ...payload, model: "Grant", idHash: "grant", grantId: "g", clientId: "agenda" },
      { ...payload, model: "AuthorizationCode", idHash: "code", grantId: "g", clientId: "agenda", sessionUid: "uid" },
    ],
  });
  await database.portalSession.create({
    data: {
      ...{ id: uuidv7(), tokenHash: "-", portal: "commercial", userId: 1, userSessionId: id },
      ...{ accessToken: "-", accessExpiresAt: expiresAt, expiresAt },
    },
  });
});

const end = (identityHooks: readonly IdentityHooks[]) =>
  endSession(
    {
      database: test.database,
      clock: systemClock,
      identityHooks,
      enqueuer: {
        enqueue: async (refs) => enqueued.push(...refs) > 0,
        close: async () => undefined,
      },
    },
    SYSTEM,
    { userSessionId: id, reason: "logout" },
  );

/** Counts the rows of the sign-in by table. */
async function countRows() {
  const { database } = test;
  return {
    live: await database.userSession.count({ where: { endedAt: null } }),
    clients: await database.sessionClient.count(),
    payloads: await database.oidcPayload.count(),
    portalSessions: await database.portalSession.count(),
    outbox: await database.outbox.count(),
  };
}

it("ending a session deletes its rows of every package, and informs pages and clients", async () => {
  expect(await end(IDENTITY_HOOKS)).toEqual({ ended: true });
  expect(await countRows()).toEqual({ live: 0, clients: 0, payloads: 0, portalSessions: 0, outbox: 3 });
  expect(enqueued).toHaveLength(3);
  const rows = await test.database.outbox.findMany({ orderBy: { id: "asc" } });
  const told = rows.flatMap(({ kind, payload }) => (kind === "oidc.backchannel-logout" ? [payload] : []));
  expect(told).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ client_id: "portal", sub: "1" }),
      // Its authorization code was not exchanged yet.
      expect.objectContaining({ client_id: "agenda", sub: "1" }),
    ]),
  );
  expect(await end(IDENTITY_HOOKS)).toEqual({ ended: false });
});

it("a hook that fails rolls the end of the session back", async () => {
  const before = await countRows();
  const failing: IdentityHooks = { onSessionEnd: () => Promise.reject(new Error("the last hook fails")) };
  await expect(end([...IDENTITY_HOOKS, failing])).rejects.toThrow("the last hook fails");
  expect(await countRows()).toEqual(before);
  expect(enqueued).toEqual([]);
});
