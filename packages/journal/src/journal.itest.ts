import { audit, auditAll } from "@mgs/audit/audit.repository";
import { chainEvents } from "@mgs/audit/chain/chain-events";
import { verifyTrail } from "@mgs/audit/chain/verify-trail";
import { clearAuditTrail } from "@mgs/audit/testing/clear-audit-trail";
import { getTrailEvent } from "@mgs/audit/trail/get-trail-event";
import { listTrail } from "@mgs/audit/trail/list-trail";
import type { TrailRow } from "@mgs/audit/trail/trail.repository";
import type { UserActor } from "@mgs/core/actor";
import { AUDIT_ACTIONS } from "@mgs/core/audit-actions";
import { systemClock } from "@mgs/core/clock";
import { LOCALES } from "@mgs/core/locale";
import { withRemoteAddress } from "@mgs/core/request-context";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { writeCsv } from "@mgs/http/csv/write-csv";
import { recordProof } from "@mgs/identity/proofs/proofs.repository";
import { createUserSession } from "@mgs/identity/sessions/user-sessions.repository";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createEventDescriber } from "./describe-event";
import { readEventNames } from "./event-names";
import { EXPORT_COLUMNS, exportTrail } from "./export-trail";

const SYSTEM = { kind: "system", name: "cli" } as const;

let test: TestDatabase;
let admin: UserActor;
beforeAll(async () => {
  test = await createTestDatabase();
  for (const [id, name, role] of [
    [1, "Alice Rabe", "administrateur"],
    [2, "=HYPERLINK(1)", "commercial"],
    [3, "Hery Ranaivo", "commercial"],
  ] as const) {
    await test.database.user.create({ data: { id, name, email: `u${id}@mgs.mg`, role, passwordHash: "-" } });
  }
  const userSessionId = await createUserSession(test.database, {
    userId: 1,
    oidcSessionUid: "uid",
    userAgent: null,
    ip: null,
  });
  admin = {
    ...{ kind: "user", userId: 1, role: "administrateur", locale: "fr", clientId: "administration", scopes: [] },
    userSessionId,
  };
});
beforeEach(() => clearAuditTrail(test.database));
afterAll(() => test.drop());

const deps = () => ({ database: test.database, clock: systemClock });
const list = (input: object = {}) => listTrail(deps(), SYSTEM, input);
const subjects = async (input: object) => (await list(input)).items.map(({ subject }) => subject);

/** Five events, the oldest first: by the system on 10 and 2, by Alice on 11 and 2, by person 2 on a queue. */
async function writeEvents(): Promise<void> {
  const from = (ip: string, write: () => Promise<void>) => withRemoteAddress(ip, write);
  await audit(test.database, { actor: SYSTEM, action: "user.disabled", subject: 10 });
  await audit(test.database, { actor: SYSTEM, action: "user.enabled", subject: 2 });
  await from("203.0.113.9", () => audit(test.database, { actor: admin, action: "user.disabled", subject: 11 }));
  await from("2001:db8::1", () => audit(test.database, { actor: admin, action: "user.enabled", subject: 2 }));
  await audit(test.database, { actor: { ...admin, userId: 2 }, action: "queue.paused", subject: "emails" });
}

describe("the list", () => {
  it("is the newest first, and filters by person, group, address and period, which apply together", async () => {
    await writeEvents();
    expect(await subjects({})).toEqual(["emails", "2", "11", "2", "10"]);
    expect(await subjects({ user_id: 2 })).toEqual(["emails", "2", "2"]);
    expect(await subjects({ user_id: 1 })).toEqual(["2", "11"]);
    expect(await subjects({ group: "queue" })).toEqual(["emails"]);
    expect(await subjects({ ip: "203.0.113.9" })).toEqual(["11"]);
    expect(await subjects({ user_id: 2, group: "user", ip: "2001:db8::1" })).toEqual(["2"]);
    const soon = new Date(Date.now() + 60_000).toISOString();
    expect(await subjects({ from: soon })).toEqual([]);
    expect(await subjects({ to: soon })).toHaveLength(5);
  });

  it("goes through all pages both ways without losing or repeating an event", async () => {
    await auditAll(
      test.database,
      Array.from({ length: 23 }, (_, index) => ({
        actor: admin,
        action: "user.disabled" as const,
        subject: index + 100,
      })),
    );
    const forward: (string | null)[] = [];
    let page = await list({ limit: 5, user_id: 1 });
    expect(page.newer).toBeNull();
    for (;;) {
      forward.push(...page.items.map(({ id }) => id));
      if (page.older === null) break;
      page = await list({ limit: 5, user_id: 1, before: page.older });
    }
    expect(new Set(forward).size).toBe(23);
    const back: (string | null)[] = [...page.items.map(({ id }) => id)];
    while (page.newer !== null) {
      page = await list({ limit: 5, user_id: 1, after: page.newer });
      back.unshift(...page.items.map(({ id }) => id));
    }
    expect(back).toEqual(forward);
  });

  it.each([{ user_id: 0 }, { ip: "a" }, { group: "none" }, { from: "hier" }, { before: "x" }])(
    "refuses %j",
    async (input) => {
      await expect(list(input)).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    },
  );

  it("and the detail are an administrator's; an unknown id is not found", async () => {
    await writeEvents();
    const person = { ...admin, role: "commercial" };
    await expect(listTrail(deps(), person)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(getTrailEvent(deps(), person, "x")).rejects.toMatchObject({ code: "FORBIDDEN" });
    for (const id of ["x", "019ab000-0000-7000-8000-000000000001"]) {
      await expect(getTrailEvent(deps(), SYSTEM, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    await chainEvents(test.database);
    const [newest] = (await list()).items;
    expect(await getTrailEvent(deps(), SYSTEM, newest?.id ?? "")).toMatchObject({ seq: 5n, subject: "emails" });
  });
});

describe("the export", () => {
  const read = async (actor = admin as UserActor, input: Record<string, unknown> = {}) => {
    const rows = await exportTrail(deps(), actor, { locale: "fr", ...input });
    return (await writeCsv(EXPORT_COLUMNS, rows).toArray()).join("");
  };

  it("has every event of the filter over many pages, is safe for spreadsheets, and is an event itself", async () => {
    await writeEvents();
    await auditAll(
      test.database,
      Array.from({ length: 2_100 }, (_, index) => ({
        actor: admin,
        action: "user.disabled" as const,
        subject: index + 100,
      })),
    );
    await chainEvents(test.database);
    const csv = await read(admin, { user_id: "1", from: "2020-01-01T00:00:00Z" });
    const lines = csv.trimEnd().split("\r\n");
    // The two of `writeEvents`, the many, the export itself and the heading.
    expect(lines).toHaveLength(2_104);
    expect(lines[0]).toMatch(/^\ufeffseq;at;actor;actor_name;action;sentence/);
    expect(lines[1]).toContain("Alice Rabe a exporté le journal");
    expect(await read(admin, { user_id: "2", group: "queue" })).toContain(";'=HYPERLINK(1);");
    const [last] = (await list({ group: "audit" })).items;
    expect(last).toMatchObject({ actor: "user:1", details: { user_id: 2, group: "queue" } });
  });

  it("asks for the permission and for a fresh proof", async () => {
    await expect(read({ ...admin, role: "commercial" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await recordProof(test.database, admin.userSessionId, new Date(Date.now() - 3_600_000));
    await expect(read()).rejects.toMatchObject({ code: "PROOF_REQUIRED" });
    await recordProof(test.database, admin.userSessionId, new Date());
    await expect(read()).resolves.toContain("audit.exported");
  });

  it("refuses filters that mean nothing with what is wrong with each, and exports nothing", async () => {
    await clearAuditTrail(test.database);
    for (const [input, message] of [
      [{ ip: "pas une ip" }, "INVALID_VALUE"],
      [{ group: "bidon" }, "INVALID_CHOICE"],
      [{ from: "abc" }, "INVALID_VALUE"],
      [{ person: "3" }, "UNKNOWN_FIELD"],
    ] as const) {
      const details = [{ path: Object.keys(input)[0], message }];
      await expect(read(admin, input)).rejects.toMatchObject({ code: "VALIDATION_ERROR", details });
    }
    expect(await list()).toMatchObject({ items: [] });
  });
});

describe("what an administrator does in a person's name", () => {
  const administrator = { id: 1, name: "Alice Rabe" };
  const impersonation = { id: "019ab000-0000-7000-8000-00000000000a", administrator, expiresAt: new Date() };
  const acting = (): UserActor => ({ ...admin, userId: 3, role: "commercial", impersonation });
  const details = { method: "PATCH", path: "/api/me" };
  const write = () => audit(test.database, { actor: acting(), action: "impersonation.acted", subject: 3, details });

  it("is found by either of them, and names both in the list and in the export", async () => {
    await write();
    await audit(test.database, { actor: SYSTEM, action: "user.disabled", subject: 10 });
    for (const user_id of [1, 3]) {
      const { items } = await list({ user_id });
      expect(items).toMatchObject([{ actor: "user:3", impersonatorId: 1, userId: 3 }]);
      const describer = createEventDescriber("fr", await readEventNames(test.database, items));
      expect(items.map(describer.actor)).toEqual(["Alice Rabe au nom de Hery Ranaivo"]);
      expect(items.map(describer.sentence)).toEqual([expect.stringMatching(/^Alice Rabe au nom de Hery Ranaivo\s: /)]);
    }
    const rows = await exportTrail(deps(), admin, { locale: "en", user_id: "3" });
    const [header, ...lines] = (await writeCsv(EXPORT_COLUMNS, rows).toArray()).join("").trimEnd().split("\r\n");
    expect(header).toMatch(/;hash;impersonator_id$/);
    expect(lines.filter((line) => line.includes("user:3;"))).toEqual([
      expect.stringMatching(/user:3;Alice Rabe in the name of Hery Ranaivo;impersonation\.acted;.*;1$/),
    ]);
  });

  it("is under the chain's hash: who has changed the name behind the name is found out", async () => {
    await audit(test.database, { actor: SYSTEM, action: "user.disabled", subject: 10 });
    await write();
    await chainEvents(test.database);
    expect(await verifyTrail(deps(), SYSTEM, {})).toMatchObject({ ok: true, events: 2 });
    await test.database.$transaction([
      test.database.$executeRaw`SET LOCAL session_replication_role = replica`,
      test.database.$executeRaw`UPDATE audit_events SET impersonator_id = NULL WHERE actor = 'user:3'`,
    ]);
    expect(await verifyTrail(deps(), SYSTEM, {})).toMatchObject({ ok: false, broken: { reason: "changed", seq: "2" } });
  });
});

it.each(LOCALES)("every action has a sentence in %s that names the actor's and the subject's names", async (locale) => {
  const base: TrailRow = {
    ...{ id: "i", at: new Date(), actor: "user:1", action: "", subjectType: null, subject: null, userId: 2, ip: null },
    ...{
      userSessionId: null,
      clientId: null,
      requestId: null,
      details: {},
      impersonatorId: null,
      seq: null,
      hash: null,
    },
  };
  const events = Object.entries(AUDIT_ACTIONS).map(([action, subjectType]) => ({
    ...base,
    action,
    subjectType,
    subject: subjectType === "user" ? "1" : subjectType === null ? null : "emails",
    details: { reason: "logout" },
  }));
  const describer = createEventDescriber(locale, await readEventNames(test.database, events));
  for (const event of events) expect(describer.sentence(event)).not.toMatch(/\{(actor|subject|user|reason)\}/);
  expect(describer.sentence({ ...base, action: "of.another-version" })).toBe("of.another-version");
});
