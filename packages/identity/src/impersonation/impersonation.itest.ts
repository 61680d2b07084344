import { clearAuditTrail } from "@mgs/audit/testing/clear-audit-trail";
import type { UserActor } from "@mgs/core/actor";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { endDevice } from "../devices/end-device";
import { changeRole } from "../people/change-role";
import { createSession, sessionActor } from "../portal-session";
import { endSession } from "../sessions/end-session";
import { findSignedIn } from "../sessions/signed-in.repository";
import { signInStaff, staffDeps } from "../testing/staff";
import { disableUser } from "../users/disable-user";
import { endImpersonationsOf, endOwnImpersonation } from "./end-impersonation";
import { endStaleImpersonations } from "./end-stale-impersonations";
import { recordImpersonatedAct } from "./record-impersonated-act";
import { resolveActingPerson } from "./resolve-acting-person";
import { startImpersonation } from "./start-impersonation";

let test: TestDatabase;
let deps: ReturnType<typeof staffDeps>;
let admin: UserActor;
let person: UserActor & { email: string };
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.database.user.deleteMany();
  await test.database.role.deleteMany({ where: { builtIn: false } });
  await test.database.outbox.deleteMany();
  await clearAuditTrail(test.database);
  deps = staffDeps(test.database);
  admin = await add("Voahangy", "administrateur");
  person = await add("Hery", "commercial");
});

const add = (name: string, role: string) =>
  signInStaff(test.database, { name, email: `${name.toLowerCase()}@mgs.mg`, role });
const HELPS = ["console.open", "accounts.read", "accounts.impersonate"];
const addRole = async (portals: string[], permissions: string[]) =>
  (await test.database.role.create({ data: { slug: "support", nameFr: "S", nameEn: "S", portals, permissions } })).slug;
const code = (promise: Promise<unknown>) => promise.then(() => "done").catch((error: { code?: string }) => error.code);
const start = (input: { userId?: number; reason?: string } = {}, actor: UserActor = admin) =>
  startImpersonation(deps, actor, { userId: person.userId, reason: "Ticket 12", ...input });
const row = () => test.database.impersonation.findFirstOrThrow({ orderBy: { startedAt: "desc" } });
const trail = () =>
  test.database.auditEvent.findMany({
    where: { action: { startsWith: "impersonation." } },
    orderBy: { id: "asc" },
    select: { action: true, actor: true, impersonatorId: true, userId: true, details: true },
  });

/** As whom a browser acts, as its portals find it out. */
async function acting({ userSessionId }: UserActor = admin) {
  const signedIn = await findSignedIn(test.database, userSessionId);
  if (!signedIn) return null;
  const found = await resolveActingPerson(test.database, signedIn.user, signedIn.impersonationId);
  const session = { ...found, userSessionId, portalSessionId: null, expiresAt: null };
  return { session: createSession("administration", session), actor: sessionActor(session, "commercial") };
}
const actingId = async (actor?: UserActor) => (await acting(actor))?.actor.userId;

describe("an administrator acts in a person's name", () => {
  it("in their own browser alone, with the person's rights alone, until they end it", async () => {
    const other = await test.database.userSession.findFirstOrThrow({ where: { userId: person.userId } });
    const started = await start();
    expect(started.portals).toEqual(["commercial"]);
    const { session, actor } = (await acting()) ?? {};
    expect(session).toMatchObject({ user: { id: person.userId, role: "commercial" }, mayOpen: false });
    expect(session?.impersonation).toMatchObject({
      id: started.id,
      administrator: { id: admin.userId, name: "Voahangy" },
    });
    const { expiresAt, startedAt } = await row();
    expect(expiresAt.getTime() - startedAt.getTime()).toBe(30 * 60_000);
    // A socket depends on the impersonation, and lasts no longer.
    expect(actor?.proof).toEqual({ holders: [`impersonation-${started.id}`], expiresAt });
    expect(await actingId({ ...person, userSessionId: other.id })).toBe(person.userId);

    expect(actor && (await endOwnImpersonation(deps, actor))).toEqual({ userId: person.userId });
    expect(await actingId()).toBe(admin.userId);
    expect((await acting())?.session.impersonation).toBeNull();
    expect(actor && (await endOwnImpersonation(deps, actor))).toEqual({ userId: person.userId });
    expect(await test.database.impersonation.count()).toBe(1);
    expect(await row()).toMatchObject({ endReason: "ended" });
  });

  it("and the trail names both, the person is told who and why, and the browser's pages hear of it", async () => {
    await start({ reason: "  Ticket 12  " });
    const { actor } = (await acting()) ?? {};
    if (!actor) throw new Error("nobody acts");
    await recordImpersonatedAct(test.database, actor, { method: "PATCH", path: "/api/me" });
    await recordImpersonatedAct(test.database, admin, { method: "PATCH", path: "/api/me" });
    await endOwnImpersonation(deps, actor);
    const { id } = await row();
    const whom = { userId: person.userId };
    const [me, them] = [`user:${admin.userId}`, `user:${person.userId}`];
    const details = { method: "PATCH", path: "/api/me" };
    expect(await trail()).toEqual([
      { ...whom, action: "impersonation.started", actor: me, impersonatorId: null, details: { why: "Ticket 12", id } },
      { ...whom, action: "impersonation.acted", actor: them, impersonatorId: admin.userId, details },
      { ...whom, action: "impersonation.ended", actor: me, impersonatorId: null, details: { reason: "ended", id } },
    ]);
    const rows = await test.database.outbox.findMany({ select: { kind: true, payload: true } });
    const { userSessionId: user_session_id } = admin;
    const notice = { user_id: person.userId, notice: "impersonated", details: { by: "Voahangy", reason: "Ticket 12" } };
    expect(rows).toHaveLength(3);
    expect(rows).toEqual(
      expect.arrayContaining([
        { kind: "identity.security-notice", payload: expect.objectContaining(notice) },
        { kind: "session.changed", payload: { user_session_id, user_id: person.userId, holders: [] } },
        {
          kind: "session.changed",
          payload: { user_session_id, user_id: admin.userId, holders: [`impersonation-${id}`] },
        },
      ]),
    );
    expect(deps.enqueued).toHaveLength(3);
  });

  it("asked twice at once it begins once, and for somebody else not before it has ended", async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(one.id).toBe(two.id);
    const third = await add("Zo", "comptable");
    expect(await code(start({ userId: third.userId }))).toBe("IMPERSONATION_RUNNING");
    expect((await trail()).map(({ action }) => action)).toEqual(["impersonation.started"]);
    // From the person's own actor it cannot begin at all.
    const { actor } = (await acting()) ?? {};
    expect(actor && (await code(start({ userId: third.userId }, actor)))).toBe("FORBIDDEN");
    // What has run out is written as ended before the next begins.
    await expire();
    await start({ userId: third.userId });
    expect((await trail()).at(-2)).toMatchObject({ action: "impersonation.ended", details: { reason: "expired" } });
    expect(await actingId()).toBe(third.userId);
  });
});

const expire = () =>
  test.database.impersonation.updateMany({
    where: { endedAt: null },
    data: { expiresAt: new Date(Date.now() - 1_000) },
  });

describe("it does not begin", () => {
  it("for oneself, an administrator, anybody with a right of administration, or a shut account", async () => {
    expect(await code(start({ userId: admin.userId }))).toBe("NOT_IMPERSONABLE");
    const second = await add("Aina", "administrateur");
    expect(await code(start({ userId: second.userId }))).toBe("NOT_IMPERSONABLE");
    const desk = await add("Lala", await addRole(["commercial"], ["sent.read"]));
    expect(await code(start({ userId: desk.userId }))).toBe("NOT_IMPERSONABLE");
    await disableUser(deps, admin, { userId: person.userId });
    expect(await code(start())).toBe("NOT_IMPERSONABLE");
    expect(await code(start({ userId: 999_999 }))).toBe("USER_NOT_FOUND");
    expect([await test.database.impersonation.count(), await trail()]).toEqual([0, []]);
  });

  it("without the permission, a fresh proof, a reason, or in another portal than Administration", async () => {
    expect(await code(start({}, await add("Zo", "direction")))).toBe("FORBIDDEN");
    expect(await code(start({}, { ...admin, clientId: "commercial" }))).toBe("FORBIDDEN");
    expect(await code(start({ reason: "   " }))).toBe("VALIDATION_ERROR");
    expect(await code(start({ reason: "x".repeat(301) }))).toBe("VALIDATION_ERROR");
    const old = new Date(Date.now() - 11 * 60_000);
    await test.database.userSession.update({ where: { id: admin.userSessionId }, data: { provedAt: old } });
    expect(await code(start())).toBe("PROOF_REQUIRED");
    expect(await test.database.impersonation.count()).toBe(0);
  });

  it("for a person whose portals the helper may not open", async () => {
    const helper = await add("Soa", await addRole(["administration", "commercial"], HELPS));
    const both = await add("Zo", "comptable");
    expect(await code(start({ userId: both.userId }, helper))).toBe("FORBIDDEN");
    expect(await code(start({}, helper))).toBe("done");
  });
});

describe("it is over at once, whatever its row says,", () => {
  let helper: UserActor;
  let slug: string;
  beforeEach(async () => {
    slug = await addRole(["administration", "commercial"], HELPS);
    helper = await add("Soa", slug);
    await start({}, helper);
    expect(await actingId(helper)).toBe(person.userId);
  });

  const swept = async (reason: string) => {
    expect(await endStaleImpersonations(deps)).toBe(1);
    expect(await endStaleImpersonations(deps)).toBe(0);
    expect(await row()).toMatchObject({ endReason: reason });
    const last = (await trail()).at(-1);
    expect(last).toMatchObject({ action: "impersonation.ended", actor: "system:impersonation", userId: person.userId });
  };

  it("when it runs out, and the sweep closes its sockets and writes the end", async () => {
    expect(await endStaleImpersonations(deps)).toBe(0);
    await expire();
    expect(await actingId(helper)).toBe(helper.userId);
    await swept("expired");
    const { id } = await row();
    const last = await test.database.outbox.findFirst({ where: { kind: "session.changed" }, orderBy: { id: "desc" } });
    expect(last?.payload).toMatchObject({ user_id: helper.userId, holders: [`impersonation-${id}`] });
  });

  it("when the person's account is shut", async () => {
    await disableUser(deps, admin, { userId: person.userId });
    expect(await actingId(helper)).toBe(helper.userId);
    await swept("rights-changed");
  });

  it("when the person becomes an administrator", async () => {
    await changeRole(deps, admin, { userId: person.userId, role: "administrateur" });
    expect(await actingId(helper)).toBe(helper.userId);
    await swept("rights-changed");
  });

  it("when the permission is taken from the role, before any sign-in has ended", async () => {
    await test.database.role.update({ where: { slug }, data: { permissions: ["console.open", "accounts.read"] } });
    expect(await actingId(helper)).toBe(helper.userId);
    await swept("rights-changed");
  });

  it("when the helper signs out, which ends their own sign-in and no other", async () => {
    const { actor } = (await acting(helper)) ?? {};
    const { userSessionId } = helper;
    expect(actor && (await endSession(deps, actor, { userSessionId, reason: "logout" }))).toEqual({ ended: true });
    expect(await acting(helper)).toBeNull();
    expect(await row()).toMatchObject({ endReason: "session-ended" });
    const events = await test.database.auditEvent.findMany({ where: { action: "session.ended" } });
    expect(events).toMatchObject([{ actor: `user:${helper.userId}`, userId: helper.userId, impersonatorId: null }]);
    expect(await acting(person)).not.toBeNull();
  });

  it("when another administrator ends it, or the helper's device", async () => {
    expect(await code(endImpersonationsOf(deps, person, { userId: person.userId }))).toBe("FORBIDDEN");
    expect(await endImpersonationsOf(deps, admin, { userId: person.userId })).toEqual({ ended: 1 });
    expect(await actingId(helper)).toBe(helper.userId);
    expect(await row()).toMatchObject({ endReason: "administrator" });
    await start({}, helper);
    await endDevice(deps, admin, { userSessionId: helper.userSessionId });
    expect(await row()).toMatchObject({ endReason: "session-ended" });
  });
});

it("the sign-in of somebody else than who began it does not act by its row", async () => {
  const { id } = await start();
  const signedIn = await findSignedIn(test.database, person.userSessionId);
  if (!signedIn) throw new Error("no sign-in");
  const third = await add("Zo", "comptable");
  const user = { ...signedIn.user, id: third.userId };
  expect(await resolveActingPerson(test.database, user, id)).toEqual({ user, impersonation: null });
});
