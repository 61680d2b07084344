import { clearAuditTrail } from "@mgs/audit/testing/clear-audit-trail";
import type { Actor, UserActor } from "@mgs/core/actor";
import { systemClock } from "@mgs/core/clock";
import { waitsForLock } from "@mgs/db/testing/lock-wait";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import type { OutboxRef } from "@mgs/jobs/outbox.repository";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { insertClient } from "../clients/clients.repository";
import { revokeClient } from "../clients/revoke-client";
import { rotateSecret } from "../clients/rotate-secret";
import { showClient } from "../clients/show-client";
import { checkPassword } from "../password";
import { createCodeLimiter } from "../second-factor/code-limiter";
import { endAllSessions } from "../sessions/end-all-sessions";
import { createUserSession, findLiveByOidcUid } from "../sessions/user-sessions.repository";
import { createSignInLimiter } from "../sign-in-limiter";
import { createUser } from "./create-user";
import { disableUser, enableUser } from "./disable-user";
import { findAccountOf } from "./find-account";
import { listUsers } from "./list-users";
import { setPassword } from "./set-password";

const PASSWORD = "correct horse battery";
const SYSTEM: Actor = { kind: "system", name: "test" };
const ADMIN: UserActor = {
  kind: "user",
  userId: 1,
  role: "administrateur",
  locale: "fr",
  userSessionId: "01990000-0000-7000-8000-000000000001",
  clientId: "administration",
  scopes: [],
};

let test: TestDatabase;
const enqueued: OutboxRef[] = [];
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  enqueued.length = 0;
  await test.database.user.deleteMany();
  await test.database.client.deleteMany();
  await clearAuditTrail(test.database);
});

const deps = () => ({
  database: test.database,
  clock: systemClock,
  identityHooks: [],
  countLiveAccessTokens: async () => 0,
  ...{ limiter: createSignInLimiter(null), codeLimiter: createCodeLimiter(null) },
  enqueuer: {
    enqueue: async (refs: readonly OutboxRef[]) => enqueued.push(...refs) > 0,
    close: async () => undefined,
  },
});
const add = (email: string, role: "administrateur" | "commercial" = "commercial") =>
  createUser(deps(), SYSTEM, { name: "Hery Ranaivo", email, role, password: PASSWORD });
const signInOn = (userId: number, oidcSessionUid: string) =>
  createUserSession(test.database, { userId, oidcSessionUid, userAgent: null, ip: null });
const actions = async () =>
  (await test.database.auditEvent.findMany({ orderBy: { id: "asc" } })).map(({ action }) => action);

describe("accounts", () => {
  it("are made with a password that works, once an address", async () => {
    const account = await createUser(deps(), ADMIN, {
      name: " Hery ",
      email: " Hery@MGS.mg ",
      role: "commercial",
      password: PASSWORD,
    });
    expect(account).toMatchObject({ name: "Hery", email: "hery@mgs.mg", locale: "fr", disabled: false, sessions: 0 });
    expect(JSON.stringify(account)).not.toContain("argon2");
    const row = await test.database.user.findUniqueOrThrow({ where: { id: account.id } });
    expect(await checkPassword(row.passwordHash, PASSWORD)).toBe("right");
    await expect(add("HERY@mgs.mg")).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [{ path: "email", message: "ALREADY_USED" }],
    });
    expect(await actions()).toEqual(["user.created"]);
  });

  it.each([
    ["name", { name: " " }],
    ["name", { name: "\u200b\u2028" }],
    ["email", { email: "hery" }],
    ["role", { role: "chef" as "commercial" }],
    ["locale", { locale: "mg" as "fr" }],
    ["password", { password: "short" }],
    ["password", { password: "x".repeat(1_025) }],
    ["password", { password: `${PASSWORD}\u0000` }],
  ])("are refused with a wrong %s", async (path, wrong) => {
    const input = { name: "H", email: "h@mgs.mg", role: "commercial" as const, password: PASSWORD, ...wrong };
    await expect(createUser(deps(), SYSTEM, input)).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [{ path }],
    });
    expect(await test.database.user.count()).toBe(0);
  });

  it("are listed page by page and by what they are, and found by number or address", async () => {
    const ids = [await add("a@mgs.mg"), await add("b_@mgs.mg", "administrateur"), await add("c@mgs.mg")].map(
      ({ id }) => id,
    );
    await disableUser(deps(), SYSTEM, { userId: ids[2] ?? 0 });
    const first = await listUsers(deps(), ADMIN, { limit: 2 });
    expect(first).toMatchObject({ items: [{ id: ids[0] }, { id: ids[1] }], next: ids[1] });
    expect(await listUsers(deps(), ADMIN, { limit: 2, cursor: first.next })).toMatchObject({
      items: [{ id: ids[2], disabled: true }],
      next: null,
    });
    const found = async (input: unknown) => (await listUsers(deps(), ADMIN, input)).items.map(({ id }) => id);
    expect(await found({ search: "ranaivo B_@" })).toEqual([ids[1]]);
    expect(await found({ search: "%" })).toEqual([]);
    expect(await found({ role: "administrateur" })).toEqual([ids[1]]);
    expect(await found({ disabled: true })).toEqual([ids[2]]);
    for (const ref of [String(ids[0]), "A@mgs.mg"]) {
      expect(await findAccountOf(deps(), SYSTEM, ref)).toMatchObject({ id: ids[0] });
    }
    for (const ref of ["999", "9999999999", "nobody@mgs.mg", "hery", "a\u0000@mgs.mg"]) {
      await expect(findAccountOf(deps(), SYSTEM, ref), ref).rejects.toMatchObject({ code: "USER_NOT_FOUND" });
    }
  });

  it("that are disabled, or get a password, lose every sign-in at once", async () => {
    const [boss, hery] = [await add("boss@mgs.mg", "administrateur"), await add("hery@mgs.mg")];
    await signInOn(boss.id, "uid-boss");
    for (const [uid, end] of [
      ["uid-1", () => setPassword(deps(), ADMIN, { userId: hery.id, password: "another battery horse" })],
      ["uid-2", () => disableUser(deps(), ADMIN, { userId: hery.id })],
    ] as const) {
      await signInOn(hery.id, uid);
      await signInOn(hery.id, `${uid}-phone`);
      expect(await end()).toMatchObject({ ended: 2 });
      expect(await findLiveByOidcUid(test.database, uid)).toBeNull();
    }
    expect(enqueued).toHaveLength(4);
    expect(await findLiveByOidcUid(test.database, "uid-boss")).not.toBeNull();
    const { passwordHash } = await test.database.user.findUniqueOrThrow({ where: { id: hery.id } });
    expect(await checkPassword(passwordHash, "another battery horse")).toBe("right");
    expect(await disableUser(deps(), ADMIN, { userId: hery.id })).toEqual({ changed: false, ended: 0 });
    expect(await enableUser(deps(), ADMIN, { userId: hery.id })).toEqual({ changed: true });
    expect(await enableUser(deps(), ADMIN, { userId: hery.id })).toEqual({ changed: false });
    expect((await actions()).filter((action) => action !== "session.ended")).toEqual([
      "user.created",
      "user.created",
      "user.password-set",
      "user.disabled",
      "user.enabled",
    ]);
  });

  it("let nobody in by a password that changes while it is being checked", async () => {
    const { id: userId } = await add("hery@mgs.mg");
    const { passwordHash } = await test.database.user.findUniqueOrThrow({ where: { id: userId } });
    const enter = (oidcSessionUid: string, proven = passwordHash) =>
      createUserSession(test.database, { userId, oidcSessionUid, userAgent: null, ip: null, passwordHash: proven });
    await enter("before");
    const admin = new Client({ connectionString: test.url });
    await admin.connect();
    try {
      // As `setPassword` does, stopped in the middle.
      await admin.query("BEGIN");
      await admin.query("UPDATE users SET password_hash = 'another' WHERE id = $1", [userId]);
      const late = expect(enter("meanwhile")).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
      await waitsForLock(test.database);
      await admin.query("COMMIT");
      await late;
    } finally {
      await admin.end();
    }
    await expect(enter("after")).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
    await enter("with the new one", "another");
    await disableUser(deps(), SYSTEM, { userId });
    await expect(enter("disabled", "another")).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
    const rows = await test.database.userSession.findMany({ orderBy: { id: "asc" } });
    expect(rows.map(({ oidcSessionUid }) => oidcSessionUid)).toEqual(["before", "with the new one"]);
  });

  it("of the last administrator stays open, also when two are shut at once", async () => {
    const [one, two] = [await add("one@mgs.mg", "administrateur"), await add("two@mgs.mg", "administrateur")];
    const results = await Promise.allSettled([one, two].map(({ id }) => disableUser(deps(), SYSTEM, { userId: id })));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")?.reason).toMatchObject({
      code: "LAST_ADMINISTRATOR",
    });
  });

  it("and clients are the business of administrators alone", async () => {
    const { id: userId } = await add("hery@mgs.mg");
    await insertClient(test.database, {
      id: "portal",
      name: "Portal",
      secretHash: "-",
      firstParty: true,
      machine: false,
      redirectUris: [],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: null,
      scopes: [],
    });
    const colleague: Actor = { ...ADMIN, role: "direction" };
    for (const actor of [
      colleague,
      { ...ADMIN, clientId: "erp" },
      { kind: "client" as const, clientId: "erp", scopes: [] },
    ]) {
      for (const attempt of [
        () => createUser(deps(), actor, { name: "x", email: "x@mgs.mg", role: "commercial", password: PASSWORD }),
        () => listUsers(deps(), actor),
        () => findAccountOf(deps(), actor, "1"),
        () => disableUser(deps(), actor, { userId }),
        () => enableUser(deps(), actor, { userId }),
        () => setPassword(deps(), actor, { userId, password: PASSWORD }),
        () => endAllSessions(deps(), actor, { userId, reason: "administrator" }),
        () => showClient(deps(), actor, "portal"),
        () => rotateSecret(deps(), actor, "portal"),
        () => revokeClient(deps(), actor, "portal"),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
      }
    }
    expect(await endAllSessions(deps(), { ...colleague, userId }, { userId, reason: "logout" })).toEqual({ ended: 0 });
    for (const attempt of [rotateSecret, revokeClient]) {
      await expect(attempt(deps(), SYSTEM, "portal")).rejects.toMatchObject({ code: "PORTAL_CLIENT" });
      await expect(attempt(deps(), SYSTEM, "nobody")).rejects.toMatchObject({ code: "CLIENT_NOT_FOUND" });
      // The administrator's session has no fresh proof.
      await expect(attempt(deps(), ADMIN, "portal")).rejects.toMatchObject({ code: "PROOF_REQUIRED" });
    }
    expect(await showClient(deps(), ADMIN, "portal")).toMatchObject({ first_party: true, live_tokens: 0 });
    for (const attempt of [disableUser, enableUser]) {
      await expect(attempt(deps(), ADMIN, { userId: 0 })).rejects.toMatchObject({ code: "USER_NOT_FOUND" });
    }
  });
});
