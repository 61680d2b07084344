import type { Actor } from "@mgs/core/actor";
import { systemClock } from "@mgs/core/clock";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { changeSessionLifetimes } from "@mgs/identity/session-lifetimes/change-session-lifetimes";
import type { SessionLifetimes } from "@mgs/identity/session-lifetimes/session-lifetimes";
import { findLifetimes } from "@mgs/identity/session-lifetimes/session-lifetimes.repository";
import * as client from "openid-client";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { finishLogin, openLogin } from "./login";
import { TestBrowser } from "./testing/browser";
import { insertTestClient, startProvider, type TestProvider } from "./testing/provider-server";
import { buildAuthorization, discoverClient, follow, signIn } from "./testing/relying-party";

const SYSTEM: Actor = { kind: "system", name: "test" };
const HOUR = 3_600;

let db: TestDatabase;
let op: TestProvider;
let elapsedMs = 0;
beforeAll(async () => {
  db = await createTestDatabase();
  op = await startProvider(db.database, undefined, () => Date.now() + elapsedMs);
  await db.database.user.create({
    data: { id: 1, email: "u@mgs.mg", name: "U", passwordHash: "-", role: "direction" },
  });
  for (const id of ["commercial", "agenda"]) await insertTestClient(db.database, id);
});
afterAll(async () => {
  await op?.close();
  await db?.drop();
});

async function set(values: Partial<SessionLifetimes>): Promise<void> {
  const { lifetimes, version } = await findLifetimes(db.database);
  const deps = { database: db.database, clock: systemClock };
  await changeSessionLifetimes(deps, SYSTEM, { ...lifetimes, ...values, version });
  // After half a minute each process has read them.
  elapsedMs += 30_000;
}
const lastSession = () => db.database.userSession.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
const runOut = (id: string) =>
  db.database.userSession.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1_000) } });

test("tokens that are issued after a change last as long as it says", async () => {
  expect((await signIn(op, new TestBrowser(), { clientId: "agenda" })).tokens.expires_in).toBe(900);
  await set({ access_token: 300, refresh_token: 2 * HOUR });
  const { tokens } = await signIn(op, new TestBrowser(), { clientId: "agenda" });
  expect(tokens.expires_in).toBe(300);
  const row = await db.database.oidcPayload.findFirstOrThrow({
    where: { model: "RefreshToken" },
    orderBy: { expiresAt: "asc" },
  });
  expect(Math.abs((row.expiresAt?.getTime() ?? 0) - Date.now() - 2 * HOUR * 1_000)).toBeLessThan(60_000);
});

test("no provider starts with lifetimes that contradict each other, also where the table lets them in", async () => {
  await db.database.$executeRaw`ALTER TABLE session_lifetimes DROP CONSTRAINT session_lifetimes_consistent`;
  const [access] = await db.database.$queryRaw<{ seconds: number }[]>`
    WITH old AS (SELECT access_token_seconds AS seconds FROM session_lifetimes)
    UPDATE session_lifetimes SET access_token_seconds = 3600, version = version + 1 FROM old RETURNING old.seconds`;
  await expect(startProvider(db.database)).rejects.toThrow(/access_token \(LIFETIME_OF_ACCESS_TOKEN\).*lifetimes:set/);
  // A process that runs already goes on with the lifetimes that it has.
  elapsedMs += 30_000;
  expect((await signIn(op, new TestBrowser(), { clientId: "agenda" })).tokens.expires_in).toBe(300);
  await db.database.sessionLifetimes.updateMany({ data: { accessTokenSeconds: access?.seconds ?? 900 } });
});

test("a sign-in that has run out opens nothing: neither its tokens nor its cookie do, before anything ends it", async () => {
  const browser = new TestBrowser();
  const { config, tokens } = await signIn(op, browser, { clientId: "agenda" });
  expect((await signIn(op, browser, { clientId: "agenda" })).forms).toBe(0);
  await runOut((await lastSession()).id);
  expect(await client.tokenIntrospection(config, tokens.access_token)).toEqual({ active: false });
  await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? "")).rejects.toMatchObject({
    error: "invalid_grant",
  });
  expect((await signIn(op, browser, { clientId: "agenda" })).forms).toBe(1);
});

test("a program that works for a person keeps their sign-in going; a portal's refresh does not, since its tab may be alone", async () => {
  const browser = new TestBrowser();
  const portal = await signIn(op, browser, { clientId: "commercial" });
  const { id } = await lastSession();
  const longAgo = new Date(Date.now() - HOUR * 1_000);
  const seenAt = async () => (await db.database.userSession.findUniqueOrThrow({ where: { id } })).lastSeenAt.getTime();
  const leaveAlone = () => db.database.userSession.update({ where: { id }, data: { lastSeenAt: longAgo } });
  // Uses are noted beside the answers: each is waited for before the next step.
  const isNoted = () => vi.waitFor(async () => expect(await seenAt()).toBeGreaterThan(longAgo.getTime()));

  await leaveAlone();
  await client.refreshTokenGrant(portal.config, portal.tokens.refresh_token ?? "");
  const afterPortal = Date.now();
  const agenda = await signIn(op, browser, { clientId: "agenda" });
  await isNoted();
  expect(await seenAt()).toBeGreaterThanOrEqual(afterPortal);

  await leaveAlone();
  await client.refreshTokenGrant(agenda.config, agenda.tokens.refresh_token ?? "");
  await isNoted();
});

test.each([false, true])(
  "a sign-in with remembered=%s: the cookie lives as long as the box promises",
  async (remembered) => {
    const browser = new TestBrowser();
    const { url } = await buildAuthorization(await discoverClient(op, "agenda"));
    const begun = await browser.request(url);
    const location = new URL(begun.headers.get("location") ?? "", op.issuer);
    const input = { uid: location.pathname.split("/").pop() ?? "", cookies: browser.cookies(location.pathname) };
    const open = await openLogin({ database: db.database, provider: op.provider }, input);
    const to = await finishLogin(db.database, open, { userId: 1, userAgent: null, ip: null, remembered });
    const resumed = await browser.request(new URL(to, op.issuer).href);
    const cookies = resumed.headers.getSetCookie().filter((cookie) => cookie.startsWith("mgs.sso="));
    expect(cookies).toHaveLength(1);
    expect(/expires=/i.test(cookies[0] ?? "")).toBe(remembered);
    expect((await lastSession()).remembered).toBe(remembered);
    // Another client's request answers with the cookie again, of the same kind.
    const second = await follow(op, browser, (await buildAuthorization(await discoverClient(op, "commercial"))).url);
    expect(second.forms).toBe(0);
  },
);
