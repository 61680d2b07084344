import { uuidv7 } from "@mgs/core/ids";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { endExpiredSessions } from "@mgs/identity/sessions/end-expired-sessions";
import { oidcHooks } from "@mgs/oidc/identity-hooks";
import { portalAuthHooks } from "@mgs/portal-auth/identity-hooks";
import { afterAll, beforeAll, expect, it } from "vitest";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.user.create({
    data: { id: 1, email: "u1@mgs.mg", name: "U", passwordHash: "-", role: "commercial" },
  });
});
afterAll(() => test.drop());

const MINUTE_MS = 60_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS);

/** Makes a sign-in with a session of a portal. @param minutes until it runs out @returns its id */
async function signIn(uid: string, minutes: number): Promise<string> {
  const { database } = test;
  const id = uuidv7();
  await database.userSession.create({ data: { id, userId: 1, oidcSessionUid: uid, expiresAt: inMinutes(minutes) } });
  await database.portalSession.create({
    data: {
      ...{ id: uuidv7(), tokenHash: uid, portal: "commercial", userId: 1, userSessionId: id },
      ...{ accessToken: "-", accessExpiresAt: inMinutes(60), expiresAt: inMinutes(60) },
    },
  });
  return id;
}

const endUpTo = (limit: number) => endExpiredSessions(test.database, [oidcHooks, portalAuthHooks], limit);

it("ends sign-ins that have run out, those that did the longest ago first, and enqueues their session.ended events", async () => {
  const [late, later] = [await signIn("late", -1), await signIn("later", -2)];
  const pending = await signIn("pending:never-followed-up", -3);
  const live = await signIn("live", 1);

  expect(await endUpTo(2)).toBe(2);
  const stillThere = await test.database.userSession.findMany({ where: { endedAt: null }, select: { id: true } });
  expect(stillThere.map(({ id }) => id).sort()).toEqual([late, live].sort());
  expect(await endUpTo(2)).toBe(1);
  expect(await endUpTo(2)).toBe(0);

  const ended = await test.database.userSession.findMany({ where: { endedAt: { not: null } } });
  expect(new Map(ended.map(({ id, endReason }) => [id, endReason]))).toEqual(
    new Map([late, later, pending].map((id) => [id, "expired"])),
  );
  const told = await test.database.outbox.findMany();
  const payloads = ended.map(({ id }) => expect.objectContaining({ user_session_id: id, reason: "expired" }));
  expect(told).toHaveLength(payloads.length);
  expect(told).toEqual(
    expect.arrayContaining(payloads.map((payload) => expect.objectContaining({ kind: "session.ended", payload }))),
  );
  expect(await test.database.portalSession.findMany({ select: { userSessionId: true } })).toEqual([
    { userSessionId: live },
  ]);
});

it("ends them as every other end does: clients get a logout token, and the trail an entry", async () => {
  await test.database.client.create({
    data: { id: "agenda", name: "Agenda", secretHash: "-", backchannelLogoutUri: "http://agenda.example/logout" },
  });
  const id = await signIn("with-client", -1);
  await test.database.sessionClient.create({ data: { userSessionId: id, clientId: "agenda" } });
  expect(await endUpTo(10)).toBe(1);
  const [delivery] = await test.database.logoutDelivery.findMany({ where: { userSessionId: id } });
  expect(delivery).toMatchObject({ clientId: "agenda", answeredAt: null });
  const token = await test.database.outbox.findUniqueOrThrow({ where: { id: delivery?.outboxId ?? "" } });
  expect(token).toMatchObject({ kind: "oidc.backchannel-logout", payload: { client_id: "agenda", sub: "1" } });
  const entry = await test.database.auditEvent.findFirstOrThrow({ where: { subject: id } });
  expect(entry).toMatchObject({
    actor: "system:expiry",
    action: "session.ended",
    userId: 1,
    details: { reason: "expired" },
  });
});
