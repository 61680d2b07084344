import { uuidv7 } from "@mgs/core/ids";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { SESSION_IDLE_SECONDS } from "@mgs/identity/lifetimes";
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

const DAY_MS = 24 * 3_600_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

/** A sign-in. `seen`, `provider` and `portal` are days from now; null: there is no such session. */
type SignIn = { uid: string; seen: number; provider: number | null; portal: number | null };

async function signIn({ uid, seen, provider, portal }: SignIn): Promise<void> {
  const { database } = test;
  const id = uuidv7();
  await database.userSession.create({ data: { id, userId: 1, oidcSessionUid: uid, lastSeenAt: inDays(seen) } });
  if (provider !== null) {
    await database.oidcPayload.create({
      data: { model: "Session", idHash: uid, payload: "-", uid, sessionUid: uid, expiresAt: inDays(provider) },
    });
  }
  if (portal !== null) {
    const tokens = { accessToken: "-", accessExpiresAt: inDays(portal) };
    await database.portalSession.create({
      data: {
        ...{ id: uuidv7(), tokenHash: uid, portal: "commercial", userId: 1, userSessionId: id },
        ...{ ...tokens, expiresAt: inDays(portal) },
      },
    });
  }
}

const endUpTo = (limit: number) =>
  endExpiredSessions(test.database, [oidcHooks, portalAuthHooks], SESSION_IDLE_SECONDS, limit);

it("ends user sessions without a live provider or portal session, and enqueues their session.ended events", async () => {
  const signIns: SignIn[] = [
    { uid: "gone", seen: -20, provider: null, portal: null },
    { uid: "run-out", seen: -15, provider: -1, portal: -1 },
    { uid: "pending:never-followed-up", seen: -2, provider: null, portal: null },
    { uid: "known-to-the-provider", seen: -10, provider: 4, portal: null },
    { uid: "open-in-a-portal", seen: -10, provider: null, portal: 4 },
    { uid: "pending:being-made", seen: 0, provider: null, portal: null },
  ];
  for (const one of signIns) await signIn(one);

  expect(await endUpTo(2)).toBe(2);
  expect(await endUpTo(2)).toBe(1);
  expect(await endUpTo(2)).toBe(0);

  const ended = await test.database.userSession.findMany({ where: { endedAt: { not: null } } });
  expect(new Map(ended.map(({ oidcSessionUid, endReason }) => [oidcSessionUid, endReason]))).toEqual(
    new Map(signIns.slice(0, 3).map(({ uid }) => [uid, "expired"])),
  );
  const told = await test.database.outbox.findMany();
  const payloads = ended.map(({ id }) => expect.objectContaining({ user_session_id: id, reason: "expired" }));
  expect(told).toHaveLength(payloads.length);
  expect(told).toEqual(
    expect.arrayContaining(payloads.map((payload) => expect.objectContaining({ kind: "session.ended", payload }))),
  );
});

it("ends them as every other end does: clients get a logout token, and the trail an entry", async () => {
  await test.database.client.create({
    data: { id: "agenda", name: "Agenda", secretHash: "-", backchannelLogoutUri: "http://agenda.example/logout" },
  });
  await signIn({ uid: "with-client", seen: -20, provider: -1, portal: null });
  const { id } = await test.database.userSession.findUniqueOrThrow({ where: { oidcSessionUid: "with-client" } });
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
