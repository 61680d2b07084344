import type { UserActor } from "@mgs/core/actor";
import { systemClock } from "@mgs/core/clock";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import type { Attempt } from "@mgs/jobs/delivery-attempt";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { checkEvent } from "@mgs/realtime/testing/check-event";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { announceMaintenance } from "./announce-maintenance";
import { beginMaintenance, type MaintenanceInput } from "./begin-maintenance";
import { isUnderWay, type MaintenanceDto } from "./contract/maintenance";
import { endMaintenance } from "./end-maintenance";
import { maintenanceAsyncApi } from "./events.asyncapi";
import { createMaintenanceReader, maintenanceReader } from "./maintenance-reader";

const SYSTEM = { kind: "system", name: "cli" } as const;
const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
beforeEach(async () => {
  await test.database.maintenance.deleteMany();
  await test.database.outbox.deleteMany();
});
afterAll(() => test.drop());

const deps = () => ({
  database: test.database,
  clock: systemClock,
  enqueuer: { enqueue: async () => true, close: async () => undefined },
});
const begin = (input: Partial<MaintenanceInput> = {}) =>
  beginMaintenance(deps(), SYSTEM, { message: "Mise à jour", ...input });
const lastAudited = async () => {
  const row = await test.database.auditEvent.findFirst({ orderBy: { id: "desc" } });
  return { action: row?.action, details: row?.details };
};
/** What the worker sends to open pages now. */
async function announced(): Promise<unknown[]> {
  const sent: unknown[] = [];
  const trigger = async (channel: string, event: string, data: object) => {
    checkEvent(maintenanceAsyncApi, channel, event, data);
    sent.push([channel, event, data]);
  };
  const publisher = { trigger };
  const workerDeps = { database: test.database, publisher } as unknown as WorkerDeps;
  await announceMaintenance(workerDeps, { payload: {} } as Attempt<Record<string, never>>);
  return sent;
}

describe("a maintenance", () => {
  it("begins at once, is announced to open pages, and ends when somebody says so", async () => {
    const begun = await begin({ retry_seconds: 90 });
    expect(begun).toMatchObject({ message: "Mise à jour", expected_end: null, retry_seconds: 90 });
    expect(isUnderWay(begun, Date.now())).toBe(true);
    expect(await test.database.outbox.findMany()).toMatchObject([{ kind: "maintenance.changed", queue: "broadcasts" }]);
    expect(await announced()).toEqual([["maintenance", "maintenance.changed", { maintenance: begun }]]);
    expect(await lastAudited()).toEqual({ action: "maintenance.started", details: begun });
    expect(await endMaintenance(deps(), SYSTEM)).toEqual({ changed: true });
    expect(await announced()).toEqual([["maintenance", "maintenance.changed", { maintenance: null }]]);
    expect(await lastAudited()).toMatchObject({ action: "maintenance.ended" });
    expect(await endMaintenance(deps(), SYSTEM)).toEqual({ changed: false });
  });

  it("is announced ahead of its time, changed, and taken back", async () => {
    const planned = await begin({ starts_at: inHours(1), expected_end: inHours(2) });
    expect(isUnderWay(planned, Date.now())).toBe(false);
    expect(isUnderWay(planned, Date.now() + HOUR_MS)).toBe(true);
    expect(await lastAudited()).toMatchObject({ action: "maintenance.announced" });
    const later = await begin({ message: "Plus tard", starts_at: inHours(3) });
    expect(await maintenanceReader(test.database).read()).toEqual(later);
    expect(await test.database.maintenance.count({ where: { endedAt: null } })).toBe(1);
    await endMaintenance(deps(), SYSTEM);
    expect(await lastAudited()).toMatchObject({ action: "maintenance.cancelled" });
  });

  it("is one, whoever begins at the same time", async () => {
    await Promise.all(["a", "b", "c", "d"].map((message) => begin({ message })));
    expect(await test.database.maintenance.count({ where: { endedAt: null } })).toBe(1);
    expect(await test.database.maintenance.count()).toBe(4);
  });

  it.each<[string, Partial<MaintenanceInput>]>([
    ["an empty message", { message: "  " }],
    ["a message that the database cannot hold", { message: "a\u0000b" }],
    ["a long message", { message: "x".repeat(501) }],
    ["no seconds", { retry_seconds: 0 }],
    ["a time that is none", { starts_at: "demain" }],
    ["an end before its start", { starts_at: inHours(2), expected_end: inHours(1) }],
    ["an end in the past", { expected_end: inHours(-1) }],
    ["a start in the past", { starts_at: "2020-01-01T00:00:00.000Z" }],
    ["a start an hour ago", { starts_at: inHours(-1), expected_end: inHours(1) }],
  ])("with %s is refused", async (_, input) => {
    await expect(begin(input)).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    expect(await test.database.maintenance.count()).toBe(0);
  });

  it("whose start is in the past says so at that field; a start of two minutes ago closes at once", async () => {
    const details = [{ path: "starts_at", message: "IN_THE_PAST" }];
    await expect(begin({ starts_at: inHours(-0.1) })).rejects.toMatchObject({ details });
    expect(isUnderWay(await begin({ starts_at: inHours(-2 / 60) }), Date.now())).toBe(true);
  });

  it("is an administrator's act, with a fresh proof", async () => {
    const person: UserActor = {
      kind: "user",
      userId: 1,
      role: "administrateur",
      locale: "fr",
      userSessionId: "019ab000-0000-7000-8000-000000000001",
      clientId: "administration",
      scopes: [],
    };
    const input = { message: "Mise à jour" };
    const other = { ...person, role: "direction" };
    await expect(beginMaintenance(deps(), other, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(endMaintenance(deps(), { ...person, clientId: "commercial" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(beginMaintenance(deps(), person, input)).rejects.toMatchObject({ code: "PROOF_REQUIRED" });
    await expect(endMaintenance(deps(), person)).rejects.toMatchObject({ code: "PROOF_REQUIRED" });
  });
});

describe("the reader of a process", () => {
  const state: MaintenanceDto = { message: "m", starts_at: inHours(0), expected_end: null, retry_seconds: 60 };

  it("asks once a second at most, and never makes a request wait while it knows", async () => {
    let nowMs = 0;
    let asked = 0;
    let current: MaintenanceDto | null = null;
    const reader = createMaintenanceReader(
      async () => {
        asked++;
        return current;
      },
      () => nowMs,
    );
    expect(reader.peek()).toBeUndefined();
    expect(await reader.read()).toBeNull();
    for (let call = 0; call < 1_000; call++) expect(reader.peek()).toBeNull();
    expect(asked).toBe(1);
    current = state;
    nowMs = 1_001;
    expect(reader.peek()).toBeNull();
    await vi.waitFor(() => expect(reader.peek()).toEqual(state));
    expect(asked).toBe(2);
  });

  it("keeps what it knows while PostgreSQL is away", async () => {
    let nowMs = 0;
    let isAway = false;
    const reader = createMaintenanceReader(
      async () => {
        if (isAway) throw new Error("away");
        return state;
      },
      () => nowMs,
    );
    await reader.read();
    isAway = true;
    nowMs = 60_000;
    expect(await reader.read()).toEqual(state);
  });
});
