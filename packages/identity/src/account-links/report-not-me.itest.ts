import type { UserActor } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NO_PASSWORD } from "../no-password";
import { hashPassword } from "../password";
import { findPersonRow } from "../people/people.repository";
import { createCodeLimiter } from "../second-factor/code-limiter";
import { createUserSession, findLiveByOidcUid } from "../sessions/user-sessions.repository";
import { createSignInLimiter } from "../sign-in-limiter";
import { createMailWorker } from "../testing/account-mails";
import { accountLinkToken, hashLinkToken } from "./account-link";
import { insertAccountLink } from "./account-links.repository";
import { choosePassword } from "./choose-password";
import { openNotice } from "./open-notice";
import { reportNotMe } from "./report-not-me";

const PASSWORD = "trois bateaux verts";

let test: TestDatabase;
let now: Date;
let userId: number;
let link: { id: string; token: string };
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  now = new Date();
  await test.database.user.deleteMany();
  userId = await addPerson("hery@mgs.mg");
  await createUserSession(test.database, { userId, oidcSessionUid: "uid", userAgent: null, ip: null });
  link = await addNotice(userId);
});

const { sealer } = createMailWorker({} as never, []);
const codeLimiter = createCodeLimiter(null);
const deps = () => ({
  ...{ database: test.database, sealer, limiter: createSignInLimiter(null), codeLimiter, identityHooks: [] },
  ...{ clock: { now: () => now }, enqueuer: { enqueue: async () => true, close: async () => undefined } },
});

async function addPerson(email: string): Promise<number> {
  const passwordHash = await hashPassword("une phrase assez longue");
  return (await test.database.user.create({ data: { email, name: "P", role: "commercial", passwordHash } })).id;
}

async function addNotice(owner: number) {
  const id = uuidv7();
  const token = accountLinkToken(sealer, id);
  const expiresAt = new Date(now.getTime() + 7 * 86_400_000);
  await insertAccountLink(test.database, {
    ...{ id, userId: owner, purpose: "not-me", tokenHash: hashLinkToken(token), since: now, createdAt: now, expiresAt },
  });
  return { id, token };
}

const report = (token = link.token) => reportNotMe(deps(), { token });
const account = () => test.database.user.findUniqueOrThrow({ where: { id: userId } });

describe("“it was not me”", () => {
  it("ends what an administrator does in the person's name", async () => {
    const administratorId = await addPerson("helper@mgs.mg");
    const signIn = { userId: administratorId, oidcSessionUid: "helper", userAgent: null, ip: null };
    const userSessionId = await createUserSession(test.database, signIn);
    const row = { id: uuidv7(), administratorId, userId, userSessionId, reason: "help" };
    await test.database.impersonation.create({ data: { ...row, expiresAt: new Date(now.getTime() + 60_000) } });
    await report();
    expect(await test.database.impersonation.findFirst()).toMatchObject({ endReason: "not-me" });
    expect(await test.database.userSession.findUnique({ where: { id: userSessionId } })).toMatchObject({
      endedAt: null,
    });
  });

  it("removes the second factors that were added since the reported act, and no older ones", async () => {
    const code = (codeHash: string, createdAt: Date) => ({ userId, codeHash, createdAt });
    const before = new Date(now.getTime() - 1_000);
    await test.database.totpSecret.create({ data: { userId, secret: "sealed", confirmedAt: now, lastStep: 1n } });
    await test.database.recoveryCode.createMany({ data: [code("old", before), code("new", now)] });
    await report();
    expect(await test.database.totpSecret.count({ where: { userId } })).toBe(0);
    expect(await test.database.recoveryCode.findMany({ where: { userId } })).toMatchObject([{ codeHash: "old" }]);
  });

  it("ends every session and every other link, takes the password away, forgets devices, and asks for a new password", async () => {
    const other = await addNotice(userId);
    const { resetToken } = await report();
    expect(await account()).toMatchObject({ passwordHash: NO_PASSWORD, knownDevicesSince: now });
    // Nobody invited them: they are to choose another password.
    expect(await findPersonRow(test.database, userId)).toMatchObject({ invited: false, passwordMustChange: true });
    expect(await findLiveByOidcUid(test.database, "uid")).toBeNull();
    const ended = await test.database.userSession.findFirstOrThrow({ where: { userId } });
    expect(ended.endReason).toBe("not-me");
    await expect(report(other.token)).rejects.toMatchObject({ code: "LINK_INVALID" });
    const choice = { token: String(resetToken), purpose: "password-reset" as const, password: PASSWORD };
    expect(await choosePassword(deps(), choice)).toEqual({ portal: "commercial" });
    expect(await findPersonRow(test.database, userId)).toMatchObject({ invited: false, passwordMustChange: false });
    const trail = await test.database.auditEvent.findMany({ where: { userId }, orderBy: { id: "asc" } });
    expect(trail.map(({ action }) => action)).toEqual(["user.not-me", "session.ended", "user.password-reset"]);
  });

  it("said twice at once, and again later, leads to one link and acts once", async () => {
    const results = await Promise.all([report(), report()]);
    results.push(await report());
    expect(new Set(results.map(({ resetToken }) => resetToken)).size).toBe(1);
    expect(await test.database.auditEvent.count({ where: { userId, action: "user.not-me" } })).toBe(1);
    now = new Date(now.getTime() + 31 * 60_000);
    await expect(report()).rejects.toMatchObject({ code: "LINK_INVALID" });
  });

  it("said of an expired, a foreign or an unknown link does nothing", async () => {
    now = new Date(now.getTime() + 7 * 86_400_000 + 1);
    for (const token of [link.token, "", accountLinkToken(sealer, uuidv7())])
      await expect(report(token)).rejects.toMatchObject({ code: "LINK_INVALID" });
    expect(await findLiveByOidcUid(test.database, "uid")).not.toBeNull();
    expect((await account()).passwordHash).not.toBe(NO_PASSWORD);
  });

  it("is offered by the bell to the person whom the notice is to, and to nobody else", async () => {
    const as = (id: number): UserActor => ({
      ...{ kind: "user", userId: id, role: "commercial", locale: "fr", userSessionId: "s", clientId: "administration" },
      ...{ portals: [], permissions: [], scopes: [] },
    });
    expect(await openNotice(deps(), as(userId), { linkId: link.id })).toEqual({
      email: "hery@mgs.mg",
      purpose: "not-me",
      token: link.token,
    });
    const stranger = await addPerson("soa@mgs.mg");
    for (const linkId of [link.id, uuidv7(), "x"])
      await expect(openNotice(deps(), as(stranger), { linkId })).rejects.toMatchObject({ code: "LINK_INVALID" });
    await report();
    await expect(openNotice(deps(), as(userId), { linkId: link.id })).rejects.toMatchObject({ code: "LINK_INVALID" });
  });
});
