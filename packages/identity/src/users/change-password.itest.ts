import type { UserActor } from "@mgs/core/actor";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkPassword, hashPassword } from "../password";
import { createUserSession, findLiveByOidcUid } from "../sessions/user-sessions.repository";
import { createSignInLimiter, DEFAULT_SIGN_IN_LIMITS } from "../sign-in-limiter";
import { changePassword } from "./change-password";

const OLD = "une phrase assez longue";
const NEW = "trois bateaux verts";
const ip = "198.51.100.1";

let test: TestDatabase;
let actor: UserActor;
let limiter: ReturnType<typeof createSignInLimiter>;
const now = new Date();
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.database.outbox.deleteMany();
  await test.database.user.deleteMany();
  const passwordHash = await hashPassword(OLD);
  const person = {
    name: "Hery Ranaivo",
    email: "hery@mgs.mg",
    role: "commercial",
    passwordHash,
    passwordMustChange: true,
  };
  const { id } = await test.database.user.create({ data: person });
  const userSessionId = await signInAs(id, "mine");
  await signInAs(id, "other");
  await signInAs(id, "phone");
  actor = {
    ...{ kind: "user", userId: id, role: "commercial", locale: "fr", userSessionId, clientId: "administration" },
    ...{ portals: [], permissions: [], scopes: [] },
  };
  limiter = createSignInLimiter(null, DEFAULT_SIGN_IN_LIMITS, () => 1_000_000);
});

const signInAs = (userId: number, oidcSessionUid: string) =>
  createUserSession(test.database, { userId, oidcSessionUid, userAgent: null, ip: null });
const deps = () => ({
  ...{ database: test.database, limiter, identityHooks: [], clock: { now: () => now } },
  enqueuer: { enqueue: async () => true, close: async () => undefined },
});
const change = (current: string, password: string, as = actor) => changePassword(deps(), as, { current, password, ip });
const account = () => test.database.user.findUniqueOrThrow({ where: { id: actor.userId } });

describe("a password that its owner changes", () => {
  it("ends the other sessions with that reason, keeps this one, ends links, and tells its owner", async () => {
    await test.database.accountLink.create({
      data: {
        ...{ id: crypto.randomUUID(), userId: actor.userId, purpose: "password-reset", email: "hery@mgs.mg" },
        expiresAt: new Date(now.getTime() + 60_000),
      },
    });
    expect(await change(OLD, NEW)).toEqual({ ended: 2 });
    const row = await account();
    expect(await checkPassword(row.passwordHash, NEW)).toBe("right");
    expect(row).toMatchObject({ passwordMustChange: false, knownDevicesSince: now });
    expect(await findLiveByOidcUid(test.database, "mine")).not.toBeNull();
    const ended = await test.database.userSession.findMany({ where: { endedAt: { not: null } } });
    expect(ended.map(({ oidcSessionUid, endReason }) => [oidcSessionUid, endReason]).sort()).toEqual([
      ["other", "password-changed"],
      ["phone", "password-changed"],
    ]);
    expect(await test.database.accountLink.count({ where: { expiresAt: { gt: now } } })).toBe(0);
    const notices = await test.database.outbox.findMany({ where: { kind: "identity.security-notice" } });
    expect(notices.map(({ payload }) => payload)).toMatchObject([
      { user_id: actor.userId, notice: "password-changed" },
    ]);
    const trail = await test.database.auditEvent.findMany({ where: { userId: actor.userId } });
    expect(trail.map(({ action }) => action).sort()).toEqual([
      "session.ended",
      "session.ended",
      "user.password-changed",
    ]);
  });

  it.each([
    ["current", "WRONG_PASSWORD", "une autre phrase longue", NEW],
    ["current", "WRONG_PASSWORD", "x".repeat(1_025), NEW],
    ["password", "PASSWORD_TOO_SHORT", OLD, "court"],
    ["password", "PASSWORD_COMMON", OLD, "password1234"],
    ["password", "PASSWORD_PERSONAL", OLD, "Hery.Ranaivo"],
    ["password", "PASSWORD_SAME", OLD, OLD],
  ])("is refused at the field %s as %s", async (path, message, current, password) => {
    await expect(change(current, password)).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [{ path, message }],
    });
    expect(await checkPassword((await account()).passwordHash, OLD)).toBe("right");
    expect(await findLiveByOidcUid(test.database, "other")).not.toBeNull();
  });

  it("is tried five times from one device, and nobody else has to wait for it", async () => {
    for (let times = 0; times < 5; times++)
      await expect(change("faux mot de passe", NEW)).rejects.toThrow("VALIDATION_ERROR");
    await expect(change(OLD, NEW)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    expect((await account()).lockedUntil, "as the list of people shows it").not.toBeNull();
    const other = await test.database.userSession.findFirstOrThrow({ where: { oidcSessionUid: "phone" } });
    expect(await change(OLD, NEW, { ...actor, userSessionId: other.id })).toEqual({ ended: 2 });
    expect((await account()).lockedUntil).toBeNull();
  });

  it("twice at once is changed once", async () => {
    const results = await Promise.allSettled([change(OLD, NEW), change(OLD, "quatre lampes bleues")]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    // The later one finds the other's password in its place: when it checks the current one, or when it writes.
    const { reason } = results.find((one) => one.status === "rejected") ?? {};
    expect(["CONFLICT", "VALIDATION_ERROR"]).toContain(reason.code);
    const trail = await test.database.auditEvent.findMany({ where: { userId: actor.userId } });
    expect(trail.filter(({ action }) => action === "user.password-changed")).toHaveLength(1);
  });

  it("is a person's business, whatever their portal, and no program's", async () => {
    const input = { current: OLD, password: NEW, ip };
    const program = { kind: "client", clientId: "erp", scopes: [] } as const;
    await expect(changePassword(deps(), program, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
