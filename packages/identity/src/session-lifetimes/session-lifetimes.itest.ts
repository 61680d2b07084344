import type { Actor } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PROOF_TTL_SECONDS } from "../lifetimes";
import { createUserSession, findLiveByOidcUid, touchUserSession } from "../sessions/user-sessions.repository";
import { signInStaff, staffDeps } from "../testing/staff";
import { changeSessionLifetimes } from "./change-session-lifetimes";
import { getSessionLifetimes } from "./get-session-lifetimes";
import { DEFAULT_LIFETIMES, type SessionLifetimes } from "./session-lifetimes";
import { findLifetimes } from "./session-lifetimes.repository";

const HOUR = 3_600;
const DAY = 24 * HOUR;

let db: TestDatabase;
let admin: Actor & { userSessionId: string };
beforeAll(async () => {
  db = await createTestDatabase();
  admin = await signInStaff(db.database, { name: "A", email: "a@mgs.mg", role: "administrateur" });
});
afterAll(() => db.drop());

const deps = () => staffDeps(db.database);
async function set(values: Partial<SessionLifetimes>, actor: Actor = admin): Promise<{ changed: boolean }> {
  const { lifetimes, version } = await findLifetimes(db.database);
  return changeSessionLifetimes(deps(), actor, { ...lifetimes, ...values, version });
}
beforeEach(() => set(DEFAULT_LIFETIMES));

const signIn = async (remembered: boolean): Promise<string> => {
  const uid = uuidv7();
  await createUserSession(db.database, { userId: 1, oidcSessionUid: uid, userAgent: null, ip: null, remembered });
  return uid;
};
/** Seconds from a sign-in's beginning to its end by itself. */
async function lastsOf(oidcSessionUid: string): Promise<number> {
  const { createdAt, expiresAt } = await db.database.userSession.findUniqueOrThrow({ where: { oidcSessionUid } });
  return Math.round((expiresAt.getTime() - createdAt.getTime()) / 1_000);
}
/** Moves a sign-in into the past. */
const age = (uid: string, { seconds, idle = seconds }: { seconds: number; idle?: number }) =>
  db.database.userSession.update({
    where: { oidcSessionUid: uid },
    data: {
      createdAt: new Date(Date.now() - seconds * 1_000),
      lastSeenAt: new Date(Date.now() - idle * 1_000),
    },
  });

describe("a sign-in", () => {
  test("lasts as long as its kind may be idle, and longer as it is used, up to its maximum", async () => {
    const [short, long] = [await signIn(false), await signIn(true)];
    expect(await lastsOf(short)).toBe(DEFAULT_LIFETIMES.idle);
    expect(await lastsOf(long)).toBe(DEFAULT_LIFETIMES.remembered_idle);
    await age(short, { seconds: 10 * HOUR });
    await touchUserSession(db.database, { oidcSessionUid: short }, new Date());
    expect(await lastsOf(short)).toBe(22 * HOUR);
    await age(short, { seconds: 13 * HOUR });
    await touchUserSession(db.database, { oidcSessionUid: short }, new Date());
    expect(await lastsOf(short)).toBe(DEFAULT_LIFETIMES.absolute);
  });

  test("lets nobody in from the moment on at which it runs out, and no use brings it back", async () => {
    const uid = await signIn(false);
    expect(await findLiveByOidcUid(db.database, uid)).toMatchObject({ userId: 1, remembered: false });
    await age(uid, { seconds: 10 });
    await db.database.userSession.update({ where: { oidcSessionUid: uid }, data: { expiresAt: new Date() } });
    expect(await findLiveByOidcUid(db.database, uid)).toBeNull();
    await touchUserSession(db.database, { oidcSessionUid: uid }, new Date(Date.now() + 5 * 60_000));
    expect(await findLiveByOidcUid(db.database, uid)).toBeNull();
  });
});

describe("a change of the lifetimes", () => {
  test("holds for sign-ins that go on: one that exceeds them runs out at once", async () => {
    const [young, old, long] = [await signIn(false), await signIn(false), await signIn(true)];
    await age(old, { seconds: 2 * HOUR });
    expect(await set({ idle: HOUR, absolute: 3 * HOUR })).toEqual({ changed: true });
    expect(await lastsOf(young)).toBe(HOUR);
    expect(await lastsOf(long)).toBe(DEFAULT_LIFETIMES.remembered_idle);
    expect(await findLiveByOidcUid(db.database, young)).not.toBeNull();
    expect(await findLiveByOidcUid(db.database, old)).toBeNull();
    // What has run out does not come back.
    await set(DEFAULT_LIFETIMES);
    expect(await findLiveByOidcUid(db.database, old)).toBeNull();
    expect(await lastsOf(young)).toBe(DEFAULT_LIFETIMES.idle);
  });

  test("is in the audit trail with the values before and after, once", async () => {
    const values = { access_token: 300 };
    await set(values);
    expect(await set(values)).toEqual({ changed: false });
    const entries = await db.database.auditEvent.findMany({
      where: { action: "sessions.lifetimes-changed" },
      orderBy: { id: "desc" },
      take: 1,
    });
    expect(entries[0]?.details).toEqual({ before: { access_token: 900 }, after: values });
  });

  test("is refused where the values contradict each other, and leaves no trace", async () => {
    await expect(set({ idle: 2 * DAY, access_token: HOUR })).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [
        { path: "access_token", message: "LIFETIME_OF_ACCESS_TOKEN" },
        { path: "idle", message: "LIFETIME_OVER_ABSOLUTE" },
      ],
    });
    await expect(set({ idle: Number.NaN })).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    expect((await findLifetimes(db.database)).lifetimes).toEqual(DEFAULT_LIFETIMES);
  });

  test("by hand in the database is held to the same rules", async () => {
    const update = db.database.sessionLifetimes.update({ where: { id: 1 }, data: { accessTokenSeconds: 3_600 } });
    await expect(update).rejects.toThrow("session_lifetimes_consistent");
  });

  test("of somebody who saw older values is refused, naming what they would have overwritten", async () => {
    const { lifetimes, version } = await findLifetimes(db.database);
    await set({ portal_session: DAY });
    const late = changeSessionLifetimes(deps(), admin, { ...lifetimes, version });
    await expect(late).rejects.toMatchObject({ code: "EDIT_CONFLICT", details: [{ path: "portal_session" }] });
  });

  test("takes the permission, and a fresh proof", async () => {
    const other = await signInStaff(db.database, { name: "C", email: "c@mgs.mg", role: "commercial" });
    await expect(set({ idle: HOUR }, other)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(getSessionLifetimes(deps(), other)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const provedAt = new Date(Date.now() - (PROOF_TTL_SECONDS + 1) * 1_000);
    await db.database.userSession.update({ where: { id: admin.userSessionId }, data: { provedAt } });
    await expect(set({ idle: HOUR })).rejects.toMatchObject({ code: "PROOF_REQUIRED" });
    await db.database.userSession.update({ where: { id: admin.userSessionId }, data: { provedAt: new Date() } });
  });
});

test("counts the sign-ins that go on, and their people", async () => {
  await db.database.userSession.deleteMany({ where: { id: { not: admin.userSessionId } } });
  await signIn(true);
  await signIn(false);
  const gone = await signIn(false);
  await db.database.userSession.update({ where: { oidcSessionUid: gone }, data: { expiresAt: new Date(0) } });
  const { live } = await getSessionLifetimes(deps(), admin);
  expect(live).toEqual({ sessions: 3, people: 1, remembered: 1 });
});
