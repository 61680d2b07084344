import type { UserActor } from "@mgs/core/actor";
import { withRemoteAddress, withRequestId } from "@mgs/core/request-context";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { audit, auditAll } from "./audit.repository";
import type { AuditEntry } from "./audit-entry";
import { auditFailure, auditOnce } from "./audit-once.repository";

const DEVICE = "019ab000-0000-7000-8000-000000000001";
const ADMIN: UserActor = {
  kind: "user",
  userId: 1,
  role: "administrateur",
  locale: "fr",
  userSessionId: DEVICE,
  clientId: "administration",
  scopes: [],
};
const SENT: AuditEntry = { actor: ADMIN, action: "realtime.event-sent", subject: "news", details: { event: "a" } };

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
beforeEach(async () => {
  await test.drop();
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const rows = () => test.database.auditEvent.findMany({ orderBy: { id: "asc" } });

describe("an entry", () => {
  it("says who acted, on whom and from where, without the caller's help", async () => {
    const act = () => audit(test.database, { actor: ADMIN, action: "user.disabled", subject: 7 });
    await withRequestId("request-1", () => withRemoteAddress("203.0.113.9", act));
    expect(await rows()).toMatchObject([
      {
        actor: "user:1",
        action: "user.disabled",
        subjectType: "user",
        subject: "7",
        userId: 7,
        ip: "203.0.113.9",
        userSessionId: DEVICE,
        clientId: "administration",
        requestId: "request-1",
        details: {},
      },
    ]);
  });

  it("has no address and no request when the command line acts", async () => {
    const actor = { kind: "system", name: "cli" } as const;
    await audit(test.database, { actor, action: "client.revoked", subject: "erp", details: { why: "lost" } });
    expect(await rows()).toMatchObject([
      { actor: "system:cli", subjectType: "client", subject: "erp", userId: null, ip: null, requestId: null },
    ]);
  });

  it("names the person concerned when the subject is none", async () => {
    await auditAll(test.database, [
      { actor: { kind: "visitor" }, action: "sign-in.refused", userId: 3 },
      { actor: { kind: "user", userId: 3 }, action: "session.ended", subject: DEVICE, userId: 3 },
    ]);
    expect((await rows()).map(({ actor, userId, userSessionId }) => [actor, userId, userSessionId]).sort()).toEqual([
      ["user:3", 3, null],
      ["visitor", 3, null],
    ]);
  });
});

describe("an act that may be repeated", () => {
  it("is written once a key, also by calls at one time, and tells what the first one said", async () => {
    const call = (event: string) => auditOnce(test.database, "key-1", { ...SENT, details: { event } });
    const outcomes = await Promise.all(["a", "b", "c", "d"].map(call));
    expect(outcomes.filter(({ isFirst }) => isFirst)).toHaveLength(1);
    const [first] = await rows();
    expect(new Set(outcomes.map(({ details }) => JSON.stringify(details)))).toEqual(
      new Set([JSON.stringify(first?.details)]),
    );
    expect(await rows()).toHaveLength(1);
  });

  it("is another one for another key, another actor and another subject; without a key each call is one", async () => {
    await auditOnce(test.database, "key-1", SENT);
    await auditOnce(test.database, "key-2", SENT);
    await auditOnce(test.database, "key-1", { ...SENT, actor: { ...ADMIN, userId: 2 } });
    await auditOnce(test.database, "key-1", { ...SENT, subject: "other" });
    await auditOnce(test.database, undefined, SENT);
    await auditOnce(test.database, undefined, SENT);
    expect(await rows()).toHaveLength(6);
  });

  it("that failed stays in the trail beside its failure, and its repetition acts again", async () => {
    const audited = await auditOnce(test.database, "key-1", SENT);
    await auditFailure(test.database, audited, { ...SENT, action: "realtime.event-failed", subject: "news" });
    expect(await auditOnce(test.database, "key-1", SENT)).toMatchObject({ isFirst: true });
    expect((await rows()).map(({ action }) => action)).toEqual([
      "realtime.event-sent",
      "realtime.event-failed",
      "realtime.event-sent",
    ]);
  });
});
