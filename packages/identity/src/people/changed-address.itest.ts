import type { UserActor } from "@mgs/core/actor";
import { waitsForLock } from "@mgs/db/testing/lock-wait";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { BellMessage, WorkerDeps } from "@mgs/module/worker-deps";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAccountMailLimiter } from "../account-links/account-mail-limiter";
import { choosePassword } from "../account-links/choose-password";
import { openReport } from "../account-links/open-link";
import { openNotice } from "../account-links/open-notice";
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

async function move(to: string, id = userId) {
  const { version } = await account(id);
  await editPerson(deps(), admin, { userId: id, version, name: "Aina", email: to, locale: "fr" });
  await worker.deliver();
}
/** The token of the last mail that was sent to an address. */
const lastTokenTo = (address: string) => tokenIn(worker.mails.findLast(({ to }) => to.address === address));

/** The token of a forgotten password's mail, as whoever reads that mailbox has it. */
async function resetTokenFor(email: string): Promise<string> {
  await test.database.outbox.deleteMany();
  const before = worker.mails.length;
  await requestPasswordReset({ ...deps(), mailLimiter: createAccountMailLimiter(null) }, { email, ip: "198.51.100.7" });
  await worker.deliver();
  return tokenIn(worker.mails[before]);
}
async function takeOver(email: string) {
  const token = await resetTokenFor(email);
  await choosePassword(deps(), { token, purpose: "password-reset", password: "une phrase de voleur" });
}

const isInvalid = { code: "LINK_INVALID" };

describe("another address that an administrator gives", () => {
  it("is told at the address of before and by the bell, and neither names the new one", async () => {
    await move(NEW);
    expect(recipients()).toEqual([OLD]);
    expect(worker.mails[0]?.subject).toBe("L’adresse de votre compte a changé");
    expect(worker.mails[0]?.text).toContain("Ce n’était pas moi");
    expect(bells).toMatchObject([{ userId, type: "security.email-changed" }]);
    expect(JSON.stringify([worker.mails, bells])).not.toContain(NEW);
    expect(await openReport(deps(), { token: lastTokenTo(OLD) })).toEqual({ email: OLD, purpose: "address-changed" });
  });

  it("is not told when the address stays, nor where nobody has used the account yet", async () => {
    await editPerson(deps(), admin, { userId, version: 1, name: "Aina R.", email: OLD, locale: "fr" });
    const { id } = await inviteUser(deps(), admin, { name: "Aina", email: "faute@exemple.org", role: "commercial" });
    await worker.deliver();
    const sent = recipients().length;
    await move("juste@mgs.mg", id);
    expect(recipients().slice(sent)).toEqual([]);
    expect(bells).toEqual([]);
  });

  it("closes the account by “it was not me”, also after whoever has it has chosen a password, and they stay out", async () => {
    await move(NEW);
    await takeOver(NEW);
    await worker.deliver();
    const [token, ofThief] = [lastTokenTo(OLD), lastTokenTo(NEW)];
    expect(await reportNotMe(deps(), { token })).toEqual({ resetToken: null });
    expect(await account()).toMatchObject({ email: NEW, passwordHash: NO_PASSWORD, disabledAt: expect.any(Date) });
    const trail = await test.database.auditEvent.findMany({ where: { userId, action: "user.disabled" } });
    expect(trail).toMatchObject([{ actor: "system:not-me" }]);
    const before = worker.mails.length;
    await requestPasswordReset({ ...deps(), mailLimiter: createAccountMailLimiter(null) }, { email: NEW, ip: "::1" });
    await worker.deliver();
    expect(recipients().slice(before)).toEqual([]);
    await expect(reportNotMe(deps(), { token: ofThief })).rejects.toMatchObject(isInvalid);
    // A second press leads where the first one led.
    expect(await reportNotMe(deps(), { token })).toEqual({ resetToken: null });
  });

  it("gives nothing more to whoever had it when an administrator puts the account right", async () => {
    await move(NEW);
    await takeOver(NEW);
    await worker.deliver();
    await reportNotMe(deps(), { token: lastTokenTo(OLD) });
    const before = worker.mails.length;
    await move(OLD);
    await enableUser(deps(), admin, { userId });
    await worker.deliver();
    expect(recipients().slice(before)).toEqual([]);
    await expect(reportNotMe(deps(), { token: lastTokenTo(NEW) })).rejects.toMatchObject(isInvalid);
    expect(await account()).toMatchObject({ email: OLD, disabledAt: null });
  });

  it("cannot be brought back by whoever had it, who can have the account closed at most", async () => {
    await move(NEW);
    await takeOver(NEW);
    await worker.deliver();
    const ofThief = lastTokenTo(NEW);
    await move(OLD);
    await expect(reportNotMe(deps(), { token: ofThief })).rejects.toMatchObject(isInvalid);
    expect(await reportNotMe(deps(), { token: lastTokenTo(NEW) })).toEqual({ resetToken: null });
    expect(await account()).toMatchObject({ email: OLD, passwordHash: NO_PASSWORD });
  });

  it("leaves the owner their link whatever comes after: further addresses, a new password, “it was not me” from the new address", async () => {
    await move(NEW);
    const ofOwner = lastTokenTo(OLD);
    await takeOver(NEW);
    await worker.deliver();
    const { resetToken } = await reportNotMe(deps(), { token: lastTokenTo(NEW) });
    const choice = { token: String(resetToken), purpose: "password-reset" as const, password: "encore une phrase" };
    await choosePassword(deps(), choice);
    await move("voleur2@exemple.org");
    await move(OLD);
    await move(NEW);
    expect(await reportNotMe(deps(), { token: ofOwner })).toEqual({ resetToken: null });
  });

  it("closes nothing where it is the last administrator's", async () => {
    await move(NEW, admin.userId);
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
      ...{ name: "B", email: "faute@exemple.org", role: "commercial", password },
    });
    await actorOf(test.database, id);
    await move("juste@mgs.mg", id);
    expect(recipients()).toEqual([OLD]);
  });

  it("is reported by the bell as well", async () => {
    await test.database.user.update({ where: { id: userId }, data: { emailConfirmedAt: null } });
    await move(NEW);
    const linkId = new URL(bells[0]?.url ?? "", "http://localhost").searchParams.get("avis") ?? "";
    const { token, purpose } = await openNotice(deps(), await actorOf(test.database, userId), { linkId });
    expect(purpose).toBe("address-changed");
    expect(await reportNotMe(deps(), { token })).toEqual({ resetToken: null });
  });

  it("leaves nothing in a stranger's hands that was sent to a wrong address before it was put right", async () => {
    await move(NEW);
    await insertOutbox(test.database, [securityNoticeRow({ userId, notice: "new-device", at: new Date() })]);
    await worker.deliver();
    const ofStranger = lastTokenTo(NEW);
    await move(OLD);
    await expect(reportNotMe(deps(), { token: ofStranger })).rejects.toMatchObject(isInvalid);
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

  it("takes a form for a new password with it that was under way", async () => {
    const token = await resetTokenFor(OLD);
    let choice: ReturnType<typeof choosePassword> | undefined;
    await test.database.$transaction(async (tx) => {
      await tx.user.update({ where: { id: userId }, data: { email: NEW } });
      choice = choosePassword(deps(), { token, purpose: "password-reset", password: "une phrase tardive" });
      choice.catch(() => undefined);
      await waitsForLock(test.database);
    });
    await expect(choice).rejects.toMatchObject(isInvalid);
  });

  it("ends with the account: whoever disables it takes the link away, too", async () => {
    await move(NEW);
    await disableUser(deps(), admin, { userId });
    await enableUser(deps(), admin, { userId });
    await expect(reportNotMe(deps(), { token: lastTokenTo(OLD) })).rejects.toMatchObject(isInvalid);
  });

  it("meets reports, new passwords and disabling at the same time, and none of these fails", async () => {
    for (let round = 0; round < 5; round++) {
      const { database } = test;
      await database.user.update({
        where: { id: userId },
        data: { email: OLD, disabledAt: null, emailConfirmedAt: new Date() },
      });
      await move(NEW);
      const token = lastTokenTo(OLD);
      const reset = await resetTokenFor(NEW);
      const answers = await Promise.allSettled([
        reportNotMe(deps(), { token }),
        choosePassword(deps(), { token: reset, purpose: "password-reset", password: "une phrase de voleur" }),
        disableUser(deps(), admin, { userId }),
      ]);
      const codes = answers.map((answer) => (answer.status === "fulfilled" ? "done" : answer.reason.code));
      for (const code of codes) expect(["done", "LINK_INVALID"]).toContain(code);
      expect(await account()).toMatchObject({ disabledAt: expect.any(Date) });
    }
  });
});
