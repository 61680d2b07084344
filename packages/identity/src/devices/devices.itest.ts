import type { Actor, UserActor } from "@mgs/core/actor";
import { systemClock } from "@mgs/core/clock";
import { uuidv7 } from "@mgs/core/ids";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { insertClient } from "../clients/clients.repository";
import { PROOF_TTL_SECONDS } from "../lifetimes";
import { everyoneSignedOut } from "../outbox-kinds";
import { createUserSession } from "../sessions/user-sessions.repository";
import { endDevice } from "./end-device";
import { endEveryone } from "./end-everyone";
import { endOtherDevices } from "./end-other-devices";
import { listDevices } from "./list-devices";
import { removeDevice } from "./remove-device";
import { signEveryoneOut } from "./sign-everyone-out";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const PHRASE = "TOUT LE MONDE";
const [MINE, OTHERS, ADMIN] = [1, 2, 3];

/** Tells the client "erp" of every end, as the provider's hook does. */
const hooks: IdentityHooks = {
  createLogoutRow: (_, clientId): NewOutboxRow => ({
    ...{ kind: "oidc.backchannel-logout", queue: "default", isUrgent: false },
    payload: { client_id: clientId, sub: "1", sid: "s" },
  }),
};

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  for (const [id, role] of [
    [MINE, "commercial"],
    [OTHERS, "commercial"],
    [ADMIN, "administrateur"],
  ] as const) {
    await test.database.user.create({ data: { id, email: `u${id}@mgs.mg`, name: "U", passwordHash: "-", role } });
  }
  await insertClient(test.database, {
    ...{ id: "erp", name: "ERP", secretHash: "-", firstParty: false, machine: false, scopes: [] },
    ...{ redirectUris: [], postLogoutRedirectUris: [], backchannelLogoutUri: "http://erp.example/logout" },
  });
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.database.userSession.deleteMany();
  await test.database.outbox.deleteMany();
});

const deps = () => ({
  database: test.database,
  clock: systemClock,
  identityHooks: [hooks],
  enqueuer: { enqueue: async () => true, close: async () => undefined },
  locateAddress: async () => "Antananarivo, Madagascar",
});
const signInOf = (userId: number) =>
  createUserSession(test.database, { userId, oidcSessionUid: uuidv7(), userAgent: FIREFOX, ip: "192.0.2.1" });

const actorOf = (userId: number, userSessionId: string, more: Partial<UserActor> = {}): UserActor => ({
  ...{ kind: "user", userId, role: userId === ADMIN ? "administrateur" : "commercial", locale: "fr", userSessionId },
  ...{ clientId: "administration", scopes: [], ...more },
});
async function stale(userSessionId: string): Promise<void> {
  const provedAt = new Date(Date.now() - (PROOF_TTL_SECONDS + 1) * 1_000);
  await test.database.userSession.update({ where: { id: userSessionId }, data: { provedAt } });
}
const list = (actor: Actor, userId: number) => listDevices(deps(), actor, { userId, locale: "fr" });
const rowOf = (id: string) => test.database.userSession.findUniqueOrThrow({ where: { id } });

describe("a person's devices", () => {
  it("are listed with what they are, where, since when, and what they have open", async () => {
    const here = await signInOf(MINE);
    const there = await signInOf(MINE);
    await signInOf(OTHERS);
    await test.database.sessionClient.create({ data: { userSessionId: there, clientId: "erp" } });
    const { live, ended } = await list(actorOf(MINE, here), MINE);
    expect(ended).toEqual([]);
    expect(new Map(live.map(({ id, isCurrent }) => [id, isCurrent]))).toEqual(
      new Map([
        [here, true],
        [there, false],
      ]),
    );
    expect(live.find(({ id }) => id === there)).toMatchObject({
      ...{
        browser: "Firefox 145",
        system: "Linux",
        kind: "computer",
        ip: "192.0.2.1",
        place: "Antananarivo, Madagascar",
      },
      ...{ method: "password", applications: ["ERP"], end: null },
    });
  });

  it("begin with the one that asks, also where others were seen later and only one is shown", async () => {
    const here = await signInOf(MINE);
    const [there, later] = [await signInOf(MINE), await signInOf(MINE)];
    for (const [id, minute] of [
      [here, 1],
      [there, 2],
      [later, 3],
    ] as const) {
      await test.database.userSession.update({
        where: { id },
        data: { lastSeenAt: new Date(Date.UTC(2026, 0, 1, 8, minute)) },
      });
    }
    const actor = actorOf(MINE, here);
    expect((await list(actor, MINE)).live.map(({ id }) => id)).toEqual([here, later, there]);
    const short = await listDevices(deps(), actor, { userId: MINE, locale: "fr", limit: 1 });
    expect(short.live.map(({ id }) => id)).toEqual([here]);
  });

  it("that another ended stays in the history with what its applications answered", async () => {
    const [here, there] = [await signInOf(MINE), await signInOf(MINE)];
    await test.database.sessionClient.create({ data: { userSessionId: there, clientId: "erp" } });
    expect(await endDevice(deps(), actorOf(MINE, here), { userSessionId: there })).toEqual({ ended: true });
    expect(await endDevice(deps(), actorOf(MINE, here), { userSessionId: there })).toEqual({ ended: false });
    expect((await rowOf(here)).endedAt).toBeNull();
    const logoutsOf = async () => (await list(actorOf(MINE, here), MINE)).ended[0]?.end?.logouts;
    expect((await list(actorOf(MINE, here), MINE)).ended[0]).toMatchObject({
      id: there,
      end: { reason: "deactivated" },
    });
    expect(await logoutsOf()).toEqual([{ application: "ERP", state: "pending" }]);

    const { outboxId } = await test.database.logoutDelivery.findFirstOrThrow();
    const nextAt = new Date(Date.now() + 4_000);
    await test.database.outbox.update({ where: { id: outboxId }, data: { attempts: 1, availableAt: nextAt } });
    expect(await logoutsOf()).toEqual([{ application: "ERP", state: "retrying", nextAt }]);
    await test.database.outbox.update({ where: { id: outboxId }, data: { state: "dead" } });
    expect(await logoutsOf()).toEqual([{ application: "ERP", state: "given-up" }]);
    await test.database.logoutDelivery.updateMany({ data: { answeredAt: new Date(), durationMs: 80 } });
    await test.database.outbox.deleteMany();
    expect(await logoutsOf()).toEqual([{ application: "ERP", state: "answered", durationMs: 80 }]);
  });

  it("leave the list when they are removed, a live one after its end; the trail keeps both", async () => {
    const [here, live, gone] = [await signInOf(MINE), await signInOf(MINE), await signInOf(MINE)];
    await endDevice(deps(), actorOf(MINE, here), { userSessionId: gone });
    expect(await removeDevice(deps(), actorOf(MINE, here), { userSessionId: live })).toEqual({ ended: true });
    expect(await removeDevice(deps(), actorOf(MINE, here), { userSessionId: gone })).toEqual({ ended: false });
    const devices = await list(actorOf(MINE, here), MINE);
    expect(devices.live.map(({ id }) => id)).toEqual([here]);
    expect(devices.ended).toEqual([]);
    expect(await rowOf(live)).toMatchObject({ endReason: "deactivated", removedAt: expect.any(Date) });
    const entries = await test.database.auditEvent.findMany({ where: { subject: live }, orderBy: { id: "asc" } });
    expect(entries.map(({ action }) => action)).toEqual(["session.ended", "session.removed"]);
    await expect(removeDevice(deps(), actorOf(MINE, here), { userSessionId: live })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("end but for the one that asks", async () => {
    const here = await signInOf(MINE);
    const others = [await signInOf(MINE), await signInOf(MINE)];
    const colleague = await signInOf(OTHERS);
    expect(await endOtherDevices(deps(), actorOf(MINE, here), { userId: MINE })).toEqual({ ended: 2 });
    for (const id of others) expect((await rowOf(id)).endReason).toBe("deactivated");
    for (const id of [here, colleague]) expect((await rowOf(id)).endedAt).toBeNull();
  });
});

describe("an administrator", () => {
  it("sees, ends and removes anybody's devices", async () => {
    const desk = await signInOf(ADMIN);
    const admin = actorOf(ADMIN, desk);
    const [first, second, third] = [await signInOf(MINE), await signInOf(MINE), await signInOf(MINE)];
    expect((await list(admin, MINE)).live).toHaveLength(3);
    await endDevice(deps(), admin, { userSessionId: first });
    await removeDevice(deps(), admin, { userSessionId: second });
    expect(await endOtherDevices(deps(), admin, { userId: MINE })).toEqual({ ended: 1 });
    for (const id of [first, second, third]) expect((await rowOf(id)).endReason).toBe("administrator");
    await expect(endOtherDevices(deps(), admin, { userId: 99 })).rejects.toMatchObject({ code: "USER_NOT_FOUND" });
  });

  it("ends the sign-ins of everybody else, by typed words, and not those that begin later", async () => {
    const desk = await signInOf(ADMIN);
    const all = await Promise.all(Array.from({ length: 120 }, (_, index) => signInOf(index % 2 === 0 ? MINE : OTHERS)));
    const admin = actorOf(ADMIN, desk);
    const typed = (confirmation: string) => endEveryone(deps(), admin, { confirmation, phrase: PHRASE });
    await expect(typed("tout")).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [{ path: "confirmation", message: "WRONG_CONFIRMATION" }],
    });
    expect(await test.database.outbox.count()).toBe(0);
    await typed(" tout le monde ");
    const row = await test.database.outbox.findFirstOrThrow({ where: { kind: everyoneSignedOut.kind } });
    const later = await test.database.userSession.create({
      data: { id: uuidv7(), userId: MINE, oidcSessionUid: uuidv7(), createdAt: new Date(Date.now() + 1_000) },
    });
    const attempt = {
      ...{ id: row.id, payload: everyoneSignedOut.payload.parse(row.payload), notificationId: null, row: {} },
      logger: { info: () => undefined },
    } as unknown as Parameters<typeof signEveryoneOut>[1];
    await signEveryoneOut(deps() as unknown as WorkerDeps, attempt);
    const ended = await test.database.userSession.findMany({ where: { endReason: "everyone" } });
    expect(ended.map(({ id }) => id).sort()).toEqual([...all].sort());
    expect((await rowOf(desk)).endedAt).toBeNull();
    expect((await rowOf(later.id)).endedAt).toBeNull();
    const entry = await test.database.auditEvent.findFirstOrThrow({ where: { subject: all[0] ?? "" } });
    expect(entry).toMatchObject({ actor: `user:${ADMIN}`, details: { reason: "everyone" } });
  });
});

describe("nobody else", () => {
  /** Acts on another person's device, by name. */
  const ACTS: Record<string, (actor: Actor, id: string) => Promise<unknown>> = {
    list: (actor) => list(actor, MINE),
    end: (actor, userSessionId) => endDevice(deps(), actor, { userSessionId }),
    remove: (actor, userSessionId) => removeDevice(deps(), actor, { userSessionId }),
    "end others": (actor) => endOtherDevices(deps(), actor, { userId: MINE }),
    "end everyone": (actor) => endEveryone(deps(), actor, { confirmation: PHRASE, phrase: PHRASE }),
  };
  const STRANGERS: Record<string, (session: string) => Actor> = {
    "a colleague": (session) => actorOf(OTHERS, session),
    "an application that acts for that person": (session) => actorOf(MINE, session, { clientId: "erp" }),
    "an application that acts for an administrator": (session) => actorOf(ADMIN, session, { clientId: "erp" }),
    "a program": () => ({ kind: "client", clientId: "erp", scopes: [] }),
  };
  it.each(Object.keys(ACTS).flatMap((act) => Object.keys(STRANGERS).map((who) => [act, who] as const)))(
    "%s: %s is refused, and nothing changes",
    async (act, who) => {
      const target = await signInOf(MINE);
      const stranger = STRANGERS[who]?.(await signInOf(who === "a colleague" ? OTHERS : MINE));
      if (!stranger) throw new Error(who);
      await expect(ACTS[act]?.(stranger, target)).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:FORBIDDEN|NOT_FOUND|PROOF_REQUIRED)$/),
      });
      expect(await rowOf(target)).toMatchObject({ endedAt: null, removedAt: null });
      expect(await test.database.outbox.count()).toBe(0);
    },
  );

  it.each(["end", "remove"])("%s: an id that is none, or nobody's, is not found", async (act) => {
    const actor = actorOf(MINE, await signInOf(MINE));
    for (const id of [uuidv7(), "", "1", "'; DROP TABLE users", "not-a-uuid"]) {
      await expect(ACTS[act]?.(actor, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

it("ending other sessions asks for a fresh proof; signing out does not", async () => {
  const [here, there] = [await signInOf(MINE), await signInOf(MINE)];
  await stale(here);
  const actor = actorOf(MINE, here);
  for (const act of [
    () => endDevice(deps(), actor, { userSessionId: there }),
    () => removeDevice(deps(), actor, { userSessionId: there }),
    () => endOtherDevices(deps(), actor, { userId: MINE }),
  ]) {
    await expect(act()).rejects.toMatchObject({ code: "PROOF_REQUIRED" });
  }
  expect((await rowOf(there)).endedAt).toBeNull();
  expect(await endDevice(deps(), actor, { userSessionId: here })).toEqual({ ended: true });
  expect((await rowOf(here)).endReason).toBe("logout");
});
