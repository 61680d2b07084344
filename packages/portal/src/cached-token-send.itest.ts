import { createSealer } from "@mgs/core/crypto";
import { createLogger } from "@mgs/core/logger";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createRouter, type Router } from "@mgs/http/router";
import { sendRoute } from "@mgs/notifications/routes";
import { noSendLimiter } from "@mgs/notifications/send-limiter";
import { createAuthenticateCached } from "@mgs/oidc/authenticate-cached";
import { authenticateToken } from "@mgs/oidc/authenticate-token";
import { withUnitOfWork } from "@mgs/oidc/with-unit-of-work";
import { createAuthenticate } from "@mgs/portal-auth/authenticate";
import { afterAll, beforeAll, expect, it } from "vitest";

const sealer = createSealer(Buffer.alloc(32, 7).toString("base64"));
const SESSION = "0199a000-0000-7000-8000-000000000001";
const MACHINE = "a-token-of-a-program-that-sends";
const PERSON = "a-token-of-a-person-who-sends-1";
let test: TestDatabase;
let router: Router;
let lookUps = 0;

beforeAll(async () => {
  test = await createTestDatabase();
  const { database } = test;
  const lookUp = (token: string) => {
    lookUps += 1;
    return authenticateToken({ database, sealer }, token);
  };
  const unused = () => Promise.reject(new Error("unused"));
  const authenticate = createAuthenticate({
    sessions: { cookieName: "none", portal: "administration", find: unused } as never,
    authenticateToken: unused,
    authenticateCached: createAuthenticateCached(lookUp),
  });
  const settings = { authenticate, ownOrigin: "http://a.test", logger: createLogger("test", "silent") };
  const portalUrls = {
    administration: "http://a.test",
    commercial: "http://c.test",
    "gestion-dossier": "http://g.test",
  };
  const enqueuer = { enqueue: async () => true, close: async () => undefined };
  const deps = { database, enqueuer, limiter: noSendLimiter, portalUrls };
  router = createRouter(settings, [{ routes: [sendRoute], deps }]);
  await database.user.create({
    data: { id: 1, email: "one@mgs.mg", name: "One", passwordHash: "-", role: "direction" },
  });
  await database.client.create({
    data: {
      id: "erp",
      name: "ERP",
      secretHash: "-",
      machine: true,
      redirectUris: [],
      postLogoutRedirectUris: [],
      scopes: [],
    },
  });
});
afterAll(() => test.drop());

/** Resets tokens, user session and client. */
async function renew(): Promise<void> {
  const { database } = test;
  await database.client.update({ where: { id: "erp" }, data: { revokedAt: null } });
  await database.user.update({ where: { id: 1 }, data: { disabledAt: null } });
  await database.userSession.deleteMany();
  await database.userSession.create({ data: { id: SESSION, userId: 1, oidcSessionUid: "uid" } });
  const common = { clientId: "erp", scope: "notifications:send" };
  const machine = { ...common, kind: "ClientCredentials" };
  const person = { ...common, kind: "AccessToken", accountId: "1", sessionUid: "uid" };
  await withUnitOfWork({ database, sealer }, async (unit) => {
    unit.save({ model: "ClientCredentials", id: MACHINE, payload: machine, expiresIn: 600 });
    unit.save({ model: "AccessToken", id: PERSON, payload: person, expiresIn: 600 });
  });
}

async function post(token: string, titre: string, key?: string): Promise<number> {
  const body = JSON.stringify({ user_id: 1, type: "t", titre, message: "m", url: null });
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const request = new Request("http://a.test/api/notifications/send", {
    method: "POST",
    headers: key ? { ...headers, "idempotency-key": key } : headers,
    body,
  });
  return (await router.fetch(request)).status;
}

const UNAUTHENTICATED_STATUS = 401;

it.each([
  ["a revoked token", MACHINE, `DELETE FROM oidc_payloads`],
  ["an expired token", MACHINE, `UPDATE oidc_payloads SET expires_at = now()`],
  ["a revoked client", MACHINE, `UPDATE clients SET revoked_at = now()`],
  ["a revoked token of a person", PERSON, `DELETE FROM oidc_payloads`],
  ["an ended sign-in", PERSON, `UPDATE user_sessions SET ended_at = now()`],
  ["a disabled person", PERSON, `UPDATE users SET disabled_at = now()`],
])("refuses a cached token and its idempotency record: %s", async (name, token, end) => {
  const key = name.replaceAll(" ", "-");
  await renew();
  const before = lookUps;
  expect(await post(token, "first", key)).toBe(201);
  const looked = lookUps;
  expect(await post(token, "second")).toBe(201);
  expect(await post(token, "third")).toBe(201);
  expect([looked - before <= 1, lookUps]).toEqual([true, looked]);
  const sent = await test.database.notification.count();

  await test.database.$executeRawUnsafe(end);
  expect(await post(token, "fourth")).toBe(UNAUTHENTICATED_STATUS);
  await renew();
  expect(await post(token, "remembered again")).toBe(201);
  await test.database.$executeRawUnsafe(end);
  expect(await post(token, "")).toBe(UNAUTHENTICATED_STATUS);
  await renew();
  expect(await post(token, "remembered again")).toBe(201);
  await test.database.$executeRawUnsafe(end);
  expect(await post(token, "first", key)).toBe(UNAUTHENTICATED_STATUS);
  expect(await test.database.notification.count()).toBe(sent + 2);
});

it("answers the same refusals with a cached token as without", async () => {
  await renew();
  expect(await post(MACHINE, "first")).toBe(201);
  expect(await post(MACHINE, "")).toBe(422);
  expect(await post(MACHINE, "again", "one-key")).toBe(201);
  expect(await post(MACHINE, "other", "one-key")).toBe(409);
});
