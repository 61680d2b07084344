import type { UserActor } from "@mgs/core/actor";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { runBatchStep } from "@mgs/identity/batches/run-batch-step";
import { listHandOvers, showBatchJob } from "@mgs/identity/batches/show-batch-job";
import { startPeopleBatch } from "@mgs/identity/batches/start-people-batch";
import { letPersonLeave } from "@mgs/identity/leaving/let-person-leave";
import { listHoldings } from "@mgs/identity/leaving/list-holdings";
import { identityPermissions } from "@mgs/identity/permissions";
import { createRole } from "@mgs/identity/roles/create-role";
import { whoCan } from "@mgs/identity/roles/who-can";
import { signInStaff, staffDeps } from "@mgs/identity/testing/staff";
import type { Attempt } from "@mgs/jobs/delivery-attempt";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { listInbox } from "@mgs/notifications/list-inbox";
import { notifications } from "@mgs/notifications/module";
import { notificationPermissions } from "@mgs/notifications/permissions";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const PORTAL_URLS = { administration: "http://a", commercial: "http://c", "gestion-dossier": "http://g" };
const HOLDINGS = notifications.holdings ?? [];

let test: TestDatabase;
let admin: UserActor;
let leaver: UserActor;
let colleague: UserActor;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.database.user.deleteMany();
  await test.database.batchJob.deleteMany();
  await test.database.outbox.deleteMany();
  await test.database.role.deleteMany({ where: { builtIn: false } });
  const add = (name: string, role: string) => signInStaff(test.database, { name, email: `${name}@mgs.mg`, role });
  admin = await add("admin", "administrateur");
  leaver = await add("leaver", "commercial");
  colleague = await add("colleague", "commercial");
});

const deps = () => ({ ...staffDeps(test.database), holdings: HOLDINGS });
const refusal = (promise: Promise<unknown>) =>
  promise.then(() => "done").catch((error: { code?: string }) => error.code);

/** Gives a person unread notifications, and one that they have read. */
async function fill(userId: number, unread: number): Promise<void> {
  await test.database.$executeRaw`
    INSERT INTO notifications (id, user_id, seq, type, titre, message, source, read_at)
    SELECT gen_random_uuid(), ${userId}, n, 'type', 'Titre ' || n, 'Message', 'commercial', CASE WHEN n = 1 THEN now() END
    FROM generate_series(1, ${unread + 1}::int) n`;
  await test.database.inbox.update({ where: { userId }, data: { seq: unread + 1, unreadCount: unread } });
}

/** Runs the batches of a job as the worker does. @param stopAfter batches after which the worker dies */
async function work(stopAfter = Number.POSITIVE_INFINITY): Promise<number> {
  for (let batches = 0; ; batches += 1) {
    const row = await test.database.outbox.findFirst({ where: { kind: "identity.batch-step", state: "pending" } });
    if (!row || batches === stopAfter) return batches;
    const attempt = { payload: row.payload } as Attempt<{ job_id: string }>;
    await runBatchStep(deps() as unknown as WorkerDeps, attempt);
    await test.database.outbox.update({ where: { id: row.id }, data: { state: "sent" } });
  }
}

const unreadOf = async (actor: UserActor) => {
  const { unread_count } = await listInbox({ ...deps(), portalUrls: PORTAL_URLS }, actor);
  const rows = await test.database.notification.count({ where: { userId: actor.userId, readAt: null } });
  return [unread_count, rows];
};

describe("a person who leaves", () => {
  it("is shown with what they hold, is disabled, and their colleague gets it all, in batches", async () => {
    await fill(leaver.userId, 250);
    await fill(colleague.userId, 3);
    const [holding] = await listHoldings(deps(), admin, leaver.userId);
    expect(holding).toMatchObject({ name: "unread-notifications", count: 250 });
    expect(holding?.examples).toHaveLength(5);

    const { jobId } = await letPersonLeave(deps(), admin, { userId: leaver.userId, to: colleague.userId });
    expect(await test.database.user.findUnique({ where: { id: leaver.userId } })).toMatchObject({
      disabledAt: expect.any(Date),
    });
    expect(await work()).toBe(4);
    expect(await showBatchJob(deps(), admin, jobId ?? "")).toMatchObject({
      ...{ total: 250, done: 250, finished: true, act: null, role: null },
      from: { id: leaver.userId, name: "leaver" },
      to: { id: colleague.userId, name: "colleague" },
    });
    expect([await unreadOf(leaver), await unreadOf(colleague)]).toEqual([
      [0, 0],
      [253, 253],
    ]);
    const numbers = await test.database.notification.findMany({ where: { userId: colleague.userId } });
    expect(new Set(numbers.map(({ seq }) => seq)).size).toBe(254);
    const changes = await test.database.outbox.findMany({ where: { kind: "inbox.changed" }, orderBy: { id: "asc" } });
    expect(changes.map(({ payload }) => (payload as { unread_count: number }).unread_count)).toEqual([103, 203, 253]);
    const trail = await test.database.auditEvent.findMany({ where: { userId: leaver.userId }, orderBy: { id: "asc" } });
    expect(trail.map(({ action }) => action)).toEqual(["user.disabled", "session.ended", "user.holdings-handed-over"]);
    expect(trail.at(-1)?.details).toMatchObject({ to: "colleague", records: 250, job: jobId });
  });

  it("a worker that dies between two batches loses nothing, and a batch that comes twice moves nothing twice", async () => {
    await fill(leaver.userId, 250);
    const { jobId } = await letPersonLeave(deps(), admin, { userId: leaver.userId, to: colleague.userId });
    await work(1);
    const [row] = await test.database.outbox.findMany({ where: { kind: "identity.batch-step", state: "sent" } });
    const again = { payload: row?.payload } as Attempt<{ job_id: string }>;
    await Promise.all([
      runBatchStep(deps() as unknown as WorkerDeps, again),
      runBatchStep(deps() as unknown as WorkerDeps, again),
    ]);
    await work();
    expect(await showBatchJob(deps(), admin, jobId ?? "")).toMatchObject({ done: 250, finished: true });
    expect(await unreadOf(colleague)).toEqual([250, 250]);
  });

  it("hands over to nobody who is disabled, unknown or themself; nothing happens then", async () => {
    await test.database.user.update({ where: { id: colleague.userId }, data: { disabledAt: new Date() } });
    for (const to of [colleague.userId, leaver.userId, 99_999]) {
      expect(await refusal(letPersonLeave(deps(), admin, { userId: leaver.userId, to }))).toBe("HAND_OVER_REFUSED");
    }
    expect(await test.database.user.findUnique({ where: { id: leaver.userId } })).toMatchObject({ disabledAt: null });
    expect(await refusal(letPersonLeave(deps(), admin, { userId: admin.userId, to: leaver.userId }))).toBe(
      "LAST_ADMINISTRATOR",
    );
    expect(await test.database.batchJob.count()).toBe(0);
  });

  it("keeps what is left when the colleague is disabled meanwhile, and the page says so", async () => {
    await fill(leaver.userId, 150);
    await letPersonLeave(deps(), admin, { userId: leaver.userId, to: colleague.userId });
    await work(1);
    await test.database.user.update({ where: { id: colleague.userId }, data: { disabledAt: new Date() } });
    await expect(work()).rejects.toThrow("HAND_OVER_REFUSED");
    expect(await listHandOvers(deps(), admin, leaver.userId)).toMatchObject([
      { done: 100, total: 150, finished: false, error: "HAND_OVER_REFUSED" },
    ]);
    await test.database.user.update({ where: { id: colleague.userId }, data: { disabledAt: null } });
    await work();
    expect(await listHandOvers(deps(), admin, leaver.userId)).toMatchObject([
      { done: 150, finished: true, error: null, to: { id: colleague.userId, name: "colleague" } },
    ]);
    await test.database.user.delete({ where: { id: colleague.userId } });
    expect(await listHandOvers(deps(), admin, leaver.userId)).toMatchObject([
      { to: { id: colleague.userId, name: null } },
    ]);
  });

  it("is let go by nobody else, and not without a fresh proof", async () => {
    const leave = (actor: UserActor) => letPersonLeave(deps(), actor, { userId: leaver.userId, to: null });
    expect(await refusal(leave(colleague))).toBe("FORBIDDEN");
    expect(await refusal(listHoldings(deps(), colleague, leaver.userId))).toBe("FORBIDDEN");
    const old = new Date(Date.now() - 11 * 60_000);
    await test.database.userSession.update({ where: { id: admin.userSessionId }, data: { provedAt: old } });
    expect(await refusal(leave(admin))).toBe("PROOF_REQUIRED");
  });
});

describe("an act on many people", () => {
  it("reaches all that the filter finds, passes over who cannot be changed, and can be repeated", async () => {
    await test.database.$executeRaw`
      INSERT INTO users (email, name, password_hash, role)
      SELECT 'p' || n || '@mgs.mg', 'Personne ' || n, 'hash', 'gestionnaire' FROM generate_series(1, 45) n`;
    const whose = { filter: {} };
    const { jobId } = await startPeopleBatch(deps(), admin, { act: "disable", whose });
    await work();
    // The administrator who asks is the last one.
    expect(await showBatchJob(deps(), admin, jobId)).toMatchObject({
      total: 48,
      done: 47,
      skipped: 1,
      finished: true,
      refusals: [{ id: admin.userId, name: "admin", code: "LAST_ADMINISTRATOR" }],
    });
    expect(await test.database.user.count({ where: { disabledAt: null } })).toBe(1);
    const again = await startPeopleBatch(deps(), admin, { act: "disable", whose });
    await work();
    expect(await showBatchJob(deps(), admin, again.jobId)).toMatchObject({ done: 0, skipped: 1 });
    expect(await test.database.auditEvent.count({ where: { action: "user.disabled" } })).toBeGreaterThanOrEqual(47);
  });

  it("gives those who were selected another role", async () => {
    const ids = [leaver.userId, colleague.userId];
    const { jobId } = await startPeopleBatch(deps(), admin, { act: "change-role", role: "comptable", whose: { ids } });
    await work();
    expect(await showBatchJob(deps(), admin, jobId)).toMatchObject({
      ...{ done: 2, skipped: 0, finished: true, act: "change-role", role: { fr: "Comptable" } },
      ...{ from: null, to: null },
    });
    expect(await test.database.user.count({ where: { role: "comptable" } })).toBe(2);
  });

  it("stops when its administrator has lost the right", async () => {
    const second = await signInStaff(test.database, { name: "x", email: "x@mgs.mg", role: "administrateur" });
    await startPeopleBatch(deps(), second, { act: "disable", whose: { ids: [leaver.userId] } });
    await test.database.user.update({ where: { id: second.userId }, data: { role: "commercial" } });
    await expect(work()).rejects.toThrow("FORBIDDEN");
    expect(await test.database.user.findUnique({ where: { id: leaver.userId } })).toMatchObject({ disabledAt: null });
  });
});

describe("who can", () => {
  const whoDeps = () => ({
    database: test.database,
    permissions: { ...identityPermissions.table, ...notificationPermissions.table },
    subjects: notifications.subjects ?? [],
  });
  const roles = async (what: Parameters<typeof whoCan>[2]["what"]) => {
    const { everybody, self, roles: found, owners, people } = await whoCan(whoDeps(), admin, { what });
    return {
      everybody,
      ...(self ? { self } : {}),
      roles: found.map(({ slug, because }) => `${slug}: ${because}`),
      owners: owners.map(({ person, reason }) => `${person.name}: ${reason}`),
      people: people.map(({ name }) => name),
    };
  };

  it("answers for a permission, a portal and a record, by role and by reason", async () => {
    const granted = { name_fr: "Suivi", name_en: "Follow-up", permissions: ["sent.read", "devices.read"] };
    const create = (slug: string, portals: ("administration" | "commercial")[]) =>
      createRole({ ...deps(), grantable: new Set(granted.permissions) }, admin, { slug, portals, ...granted });
    await create("suivi", ["administration"]);
    await create("suivi-dehors", ["commercial"]);
    await signInStaff(test.database, { name: "suivi", email: "s@mgs.mg", role: "suivi" });
    await fill(leaver.userId, 1);
    const { id } = await test.database.notification.findFirstOrThrow({ where: { userId: leaver.userId } });

    const console = { everybody: false, roles: ["administrateur: administrator", "suivi: granted"] };
    expect(await roles({ permission: "sent.read" })).toEqual({ ...console, owners: [], people: ["admin", "suivi"] });
    expect(await roles({ permission: "roles.manage" })).toMatchObject({ roles: ["administrateur: administrator"] });
    expect(await roles({ permission: "people.search" })).toMatchObject({ everybody: true, people: [] });
    // Everybody for their own devices; in Administration alone for those of others.
    expect(await roles({ permission: "devices.read" })).toEqual({
      ...{ ...console, self: true, owners: [], people: ["admin", "suivi"] },
    });
    expect(await roles({ permission: "consents.manage" })).toMatchObject({
      ...{ everybody: false, self: true, roles: ["administrateur: administrator"] },
    });
    const opening = await roles({ permission: "portal.open" });
    expect(opening).toMatchObject({ everybody: false, people: ["admin", "colleague", "leaver", "suivi"] });
    expect(opening.roles).toContain("suivi-dehors: portal");
    expect(await roles({ portal: "commercial" })).toMatchObject({ people: ["admin", "colleague", "leaver"] });
    expect(await roles({ type: "notification", id })).toEqual({
      ...console,
      owners: ["leaver: recipient"],
      people: ["admin", "suivi"],
    });
    expect(await refusal(roles({ type: "notification", id: admin.userSessionId }))).toBe("NOT_FOUND");
    expect(await refusal(roles({ type: "dossier", id }))).toBe("NOT_FOUND");
    expect(await refusal(whoCan(whoDeps(), colleague, { what: { permission: "sent.read" } }))).toBe("FORBIDDEN");
  });
});
