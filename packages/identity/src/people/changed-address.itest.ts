import type { UserActor } from "@mgs/core/actor";
import { waitsForLock } from "@mgs/db/testing/lock-wait";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { BellMessage, WorkerDeps } from "@mgs/module/worker-deps";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAccountMailLimiter } from "../account-links/account-mail-limiter";
import { choosePassword } from "../account-links/choose-password";
import { openLink } from "../account-links/open-link";
import { reportNotMe } from "../account-links/report-not-me";
import { requestPasswordReset } from "../account-links/request-password-reset";
import { startPasswordChange } from "../account-links/start-password-change";
import { identity } from "../module";
import { NO_PASSWORD } from "../no-password";
import { securityNoticeRow } from "../notices/security-notice";
import { createCodeLimiter } from "../second-factor/code-limiter";
import { createSignInLimiter } from "../sign-in-limiter";
import { createMailWorker, tokenIn } from "../testing/account-mails";
import { actorOf, signInStaff, staffDeps } from "../testing/staff";
import { createUser } from "../users/create-user";
import { disableUser, enableUser } from "../users/disable-user";
import { inviteUser } from "../users/invite-user";
import { editPerson } from "./edit-person";

const OLD = "aina@mgs.mg";
const NEW = "voleur@exemple.org";

/** The ends of sign-ins, which these tests do not look at, are announced to nobody. */
const NOBODY_LISTENS = {
  trigger: async () => undefined,
  terminateUser: async () => undefined,
} as unknown as WorkerDeps["publisher"];

let test: TestDatabase;
let admin: UserActor;
let userId: number;
let bells: BellMessage[];
let worker: ReturnType<typeof createMailWorker>;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.database.outbox.deleteMany();
  await test.database.user.deleteMany();
  admin = await signInStaff(test.database, { name: "Voahangy", email: "v@mgs.mg", role: "administrateur" });
  userId = (await signInStaff(test.database, { name: "Aina", email: OLD, role: "commercial" })).userId;
  bells = [];
  const ringBell = async (message: BellMessage) => void bells.push(message);
  worker = createMailWorker(test.database, identity.outbox ?? [], { ringBell, publisher: NOBODY_LISTENS });
});

const deps = () => ({
  ...staffDeps(test.database),
  sealer: worker.sealer,
  limiter: createSignInLimiter(null),
  codeLimiter: createCodeLimiter(null),
});
const account = (id = userId) => test.database.user.findUniqueOrThrow({ where: { id } });
const recipients = () => worker.mails.map(({ to }) => to.address);

async function edit(to: string, id = userId) {
  const { version } = await account(id);
  await editPerson(deps(), admin, { userId: id, version, name: "Aina", email: to, locale: "fr" });
}
async function move(to: string, id = userId) {
  await edit(to, id);
  await worker.deliver();
}
/** The token of the last mail that was sent to an address. */
const lastTokenTo = (address: string) => tokenIn(worker.mails.findLast(({ to }) => to.address === address));

/** Chooses a password through a forgotten password's mail, as whoever has the account's address can. */
async function takeOver(email: string) {
  await test.database.outbox.deleteMany();
  const before = worker.mails.length;
  await requestPasswordReset({ ...deps(), mailLimiter: createAccountMailLimiter(null) }, { email, ip: "198.51.100.7" });
  await worker.deliver();
  const token = tokenIn(worker.mails[before]);
  await choosePassword(deps(), { token, purpose: "password-reset", password: "une phrase de voleur" });
}

describe("another address that an administrator gives", () => {
  it("is told at the address of before and by the bell, and neither names the new one", async () => {
    await move(NEW);
    expect(recipients()).toEqual([OLD]);
    expect(worker.mails[0]?.subject).toBe("L’adresse de votre compte a changé");
    expect(worker.mails[0]?.text).toContain("Ce n’était pas moi");
    expect(bells).toMatchObject([{ userId, type: "security.email-changed" }]);
    expect(JSON.stringify([worker.mails, bells])).not.toContain(NEW);
    const token = tokenIn(worker.mails[0]);
    const page = await openLink(deps(), { token, purpose: "not-me" });
    expect(page).toEqual({ name: "Aina", email: OLD, address: "comes-back" });
  });

  it("is not told when the address stays, nor where nobody has used the account yet", async () => {
    await editPerson(deps(), admin, { userId, version: 1, name: "Aina R.", email: OLD, locale: "fr" });
    const { id } = await inviteUser(deps(), admin, { name: "Aina", email: "faute@exemple.org", role: "commercial" });
    await worker.deliver();
    const sent = recipients().length;
    await move("juste@mgs.mg", id);
    expect(recipients().slice(sent)).toEqual([]);
  });

  it("goes back by “it was not me”, also after whoever has it has chosen a password", async () => {
    await move(NEW);
    const token = tokenIn(worker.mails[0]);
    await takeOver(NEW);
    const { resetToken } = await reportNotMe(deps(), { token });
    expect(await account()).toMatchObject({ email: OLD, passwordHash: NO_PASSWORD });
    expect(await openLink(deps(), { token: String(resetToken), purpose: "password-reset" })).toMatchObject({
      email: OLD,
    });
    const updated = await test.database.auditEvent.findFirst({
      where: { userId, action: "user.address-returned" },
      orderBy: { id: "desc" },
    });
    expect(updated?.details).toEqual({ before: { email: NEW }, after: { email: OLD } });
  });

  it("cannot be brought back by what was sent to it", async () => {
    await move(NEW);
    const ofOwner = tokenIn(worker.mails[0]);
    await takeOver(NEW);
    await worker.deliver();
    const notice = worker.mails.findLast(({ to, subject }) => to.address === NEW && subject.includes("mot de passe a"));
    const ofThief = tokenIn(notice);
    await reportNotMe(deps(), { token: ofOwner });
    await expect(reportNotMe(deps(), { token: ofThief })).rejects.toMatchObject({ code: "LINK_INVALID" });
    expect(await account()).toMatchObject({ email: OLD });
  });

  it("does not silence the owner by “it was not me” said from the new address", async () => {
    await move(NEW);
    const ofOwner = tokenIn(worker.mails[0]);
    await takeOver(NEW);
    await worker.deliver();
    await reportNotMe(deps(), { token: tokenIn(worker.mails.findLast(({ to }) => to.address === NEW)) });
    expect(await account()).toMatchObject({ email: NEW });
    await reportNotMe(deps(), { token: ofOwner });
    expect(await account()).toMatchObject({ email: OLD });
  });

  it("closes the account by “it was not me” when somebody else has the address of before: who has the new one stays out", async () => {
    await move(NEW);
    await signInStaff(test.database, { name: "Autre", email: OLD, role: "commercial" });
    const token = lastTokenTo(OLD);
    expect(await openLink(deps(), { token, purpose: "not-me" })).toMatchObject({ email: OLD, address: "is-taken" });
    expect(await reportNotMe(deps(), { token })).toEqual({ resetToken: null });
    expect(await account()).toMatchObject({ email: NEW, passwordHash: NO_PASSWORD, disabledAt: expect.any(Date) });
    const trail = await test.database.auditEvent.findMany({ where: { userId, action: "user.disabled" } });
    expect(trail).toMatchObject([{ actor: "system:not-me" }]);
    const before = worker.mails.length;
    await requestPasswordReset({ ...deps(), mailLimiter: createAccountMailLimiter(null) }, { email: NEW, ip: "::1" });
    await worker.deliver();
    expect(recipients().slice(before)).toEqual([]);
  });

  it("closes it also when the address of before goes to somebody else in that very moment", async () => {
    await move(NEW);
    const token = lastTokenTo(OLD);
    let report: ReturnType<typeof reportNotMe> | undefined;
    await test.database.$transaction(async (tx) => {
      await tx.user.create({ data: { name: "Autre", email: OLD, role: "commercial", passwordHash: NO_PASSWORD } });
      report = reportNotMe(deps(), { token });
      await waitsForLock(test.database);
    });
    expect(await report).toEqual({ resetToken: null });
    expect(await account()).toMatchObject({ email: NEW, disabledAt: expect.any(Date) });
    expect(await test.database.auditEvent.count({ where: { userId, action: "user.not-me" } })).toBe(1);
  });

  it("of the last administrator closes nothing", async () => {
    await move(NEW, admin.userId);
    await signInStaff(test.database, { name: "Autre", email: "v@mgs.mg", role: "commercial" });
    const { resetToken } = await reportNotMe(deps(), { token: lastTokenTo("v@mgs.mg") });
    expect(resetToken).not.toBeNull();
    expect(await account(admin.userId)).toMatchObject({ disabledAt: null, passwordHash: NO_PASSWORD });
  });

  it("is told by the bell alone where nobody has shown that they read its mail: it may have been typed in wrongly", async () => {
    await move(NEW);
    await move(OLD);
    expect(recipients()).toEqual([OLD]);
    expect(bells.map(({ type }) => type)).toEqual(["security.email-changed", "security.email-changed"]);
    const password = "une premiere phrase longue";
    const { id } = await createUser(deps(), admin, {
      name: "B",
      email: "faute@exemple.org",
      role: "commercial",
      password,
    });
    await actorOf(test.database, id);
    await move("juste@mgs.mg", id);
    expect(recipients()).toEqual([OLD]);
  });

  it("leaves nothing in a stranger's hands that was sent to a wrong address before it was put right", async () => {
    await move(NEW);
    await insertOutbox(test.database, [securityNoticeRow({ userId, notice: "new-device", at: new Date() })]);
    await worker.deliver();
    const ofStranger = lastTokenTo(NEW);
    await move(OLD);
    await expect(reportNotMe(deps(), { token: ofStranger })).rejects.toMatchObject({ code: "LINK_INVALID" });
  });

  it("is confirmed by a link that was mailed, and not by one that the sign-in hands over", async () => {
    await move(NEW);
    expect(await account()).toMatchObject({ emailConfirmedAt: null });
    const page = await startPasswordChange(deps(), { userId, goOn: "" });
    const token = new URL(page, "http://localhost").searchParams.get("jeton") ?? "";
    await choosePassword(deps(), { token, purpose: "password-reset", password: "trois bateaux verts" });
    expect(await account()).toMatchObject({ emailConfirmedAt: null });
    await takeOver(NEW);
    expect(await account()).toMatchObject({ emailConfirmedAt: expect.any(Date) });
  });

  it("is given back to its owner whichever of two notices the worker makes first", async () => {
    await edit(NEW);
    await takeOver(NEW);
    await test.database.outbox.deleteMany();
    const [owner, thief] = [new Date(Date.now() - 2_000), new Date(Date.now() - 1_000)];
    const told = { userId, notice: "email-changed" } as const;
    for (const row of [
      securityNoticeRow({ ...told, at: thief, sentTo: NEW }),
      securityNoticeRow({ ...told, at: owner, sentTo: OLD }),
    ]) {
      await insertOutbox(test.database, [row]);
      await worker.deliver();
    }
    const [ofOwner, ofThief] = [lastTokenTo(OLD), lastTokenTo(NEW)];
    await reportNotMe(deps(), { token: ofOwner });
    await expect(reportNotMe(deps(), { token: ofThief })).rejects.toMatchObject({ code: "LINK_INVALID" });
    expect(await account()).toMatchObject({ email: OLD });
  });

  it("holds when the account is disabled and enabled once more", async () => {
    await move(NEW);
    await disableUser(deps(), admin, { userId });
    await enableUser(deps(), admin, { userId });
    const refused = reportNotMe(deps(), { token: tokenIn(worker.mails[0]) });
    await expect(refused).rejects.toMatchObject({ code: "LINK_INVALID" });
    expect(await account()).toMatchObject({ email: NEW });
  });
});
