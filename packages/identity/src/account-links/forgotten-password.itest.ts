import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { identity } from "../module";
import { checkPassword, hashPassword } from "../password";
import { createCodeLimiter } from "../second-factor/code-limiter";
import { createUserSession, findLiveByOidcUid } from "../sessions/user-sessions.repository";
import { createSignInLimiter } from "../sign-in-limiter";
import { createMailWorker, tokenIn } from "../testing/account-mails";
import { createAccountMailLimiter } from "./account-mail-limiter";
import { choosePassword } from "./choose-password";
import { requestPasswordReset } from "./request-password-reset";

const PASSWORD = "trois bateaux verts";
const OFFICE = "198.51.100.1";
const person = { name: "Hery Ranaivo", email: "hery@mgs.mg", role: "commercial" };

let test: TestDatabase;
let worker: ReturnType<typeof createMailWorker>;
let now: number;
let userId: number;
let mailLimiter: ReturnType<typeof createAccountMailLimiter>;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.database.outbox.deleteMany();
  await test.database.user.deleteMany();
  const passwordHash = await hashPassword("une autre phrase longue");
  userId = (await test.database.user.create({ data: { ...person, passwordHash } })).id;
  worker = createMailWorker(test.database, identity.outbox ?? []);
  now = Date.now();
  mailLimiter = createAccountMailLimiter(null, () => now);
});

const limiter = createSignInLimiter(null);
const codeLimiter = createCodeLimiter(null);
const deps = () => ({
  ...{ database: test.database, limiter, codeLimiter, mailLimiter, identityHooks: [] },
  clock: { now: () => new Date(now) },
  enqueuer: { enqueue: async () => true, close: async () => undefined },
});
const ask = (email: string, ip = OFFICE) => requestPasswordReset(deps(), { email, ip });
const trailOf = (id: number | null) => test.database.auditEvent.findMany({ where: { userId: id } });

describe("a forgotten password", () => {
  it("is replaced by the link of a mail: every session ends, and failed sign-ins are forgotten", async () => {
    await createUserSession(test.database, { userId, oidcSessionUid: "uid", userAgent: null, ip: null });
    for (let times = 0; times < 5; times++) {
      const attempt = await limiter.begin({ email: person.email, ip: OFFICE, knownDevice: null });
      await attempt.failed();
    }
    expect(await limiter.findLockout(person.email)).toMatchObject({ everywhere: false });
    // Whoever had the password has tried codes as well: the owner's browsers are strangers after the reset, and count with them.
    const code = { userId, ip: OFFICE, knownDevice: null };
    for (let times = 0; times < 5; times++) await (await codeLimiter.begin(code)).failed();
    await expect(codeLimiter.begin(code)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    await ask(" HERY@mgs.mg ");
    await worker.deliver();
    expect(worker.mails).toHaveLength(1);
    expect(worker.mails[0]).toMatchObject({ subject: "Choisissez un nouveau mot de passe" });
    const token = tokenIn(worker.mails[0]);
    await choosePassword(deps(), { token, purpose: "password-reset", password: PASSWORD });
    const { passwordHash } = await test.database.user.findUniqueOrThrow({ where: { id: userId } });
    expect(await checkPassword(passwordHash, PASSWORD)).toBe("right");
    expect(await findLiveByOidcUid(test.database, "uid")).toBeNull();
    expect(await limiter.findLockout(person.email)).toBeNull();
    await (await codeLimiter.begin(code)).withdrawn();
    expect((await trailOf(userId)).map(({ action, ip }) => [action, ip])).toEqual([
      ["user.password-forgotten", OFFICE],
      ["user.password-reset", null],
      ["session.ended", null],
    ]);
  });

  it("does the same work for an address with an account and for one without, and writes no trail of the latter", async () => {
    const everything = () => test.database.auditEvent.count();
    const before = await everything();
    const asked = async (email: string) => {
      const answer = await ask(email, "203.0.113.7");
      const [row, ...others] = await test.database.outbox.findMany({ where: { state: "pending" } });
      expect(others).toEqual([]);
      await test.database.outbox.updateMany({ where: { state: "pending" }, data: { availableAt: new Date(0) } });
      await worker.deliver();
      await test.database.outbox.deleteMany();
      return { answer, kind: row?.kind, keys: Object.keys(row?.payload ?? {}) };
    };
    expect(await asked("nobody@mgs.mg")).toEqual(await asked(person.email));
    expect(worker.mails.map(({ to }) => to.address)).toEqual([person.email]);
    expect(await everything()).toBe(before + 1);
  });

  it("of a disabled account, and of an account of our own, sends nothing", async () => {
    await test.database.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    await ask(person.email);
    await test.database.user.create({ data: { ...person, email: "canary@mgs.mg", passwordHash: "-", hidden: true } });
    await ask("canary@mgs.mg");
    await worker.deliver();
    expect(worker.mails).toEqual([]);
    expect(await test.database.accountLink.count()).toBe(0);
  });

  it("sends one link when the worker runs its row twice", async () => {
    await ask(person.email);
    await worker.deliver();
    await worker.deliverAgain();
    expect(new Set(worker.mails.map(tokenIn)).size).toBe(1);
    expect(await test.database.accountLink.count()).toBe(1);
    expect((await trailOf(userId)).filter(({ action }) => action === "user.password-forgotten")).toHaveLength(1);
  });

  it("may be said three times an hour of one address from one network, known or not", async () => {
    for (const email of [person.email, "nobody@mgs.mg"]) {
      for (let times = 0; times < 3; times++) await ask(email);
      await expect(ask(email)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS", retryAfter: 3_600 });
      await ask(email, "203.0.113.9");
    }
    now += 3_600_000;
    await ask(person.email);
  });

  it("may be said a dozen times a day of one address from everywhere, then with growing delays: no stranger blocks it for long", async () => {
    for (let times = 0; times < 12; times++) await ask(person.email, `203.0.113.${times}`);
    await expect(ask(person.email, "203.0.113.99")).rejects.toMatchObject({
      code: "TOO_MANY_ATTEMPTS",
      retryAfter: 60,
    });
    now += 60_000;
    await ask(person.email, "203.0.113.99");
    await expect(ask(person.email, "203.0.113.98")).rejects.toMatchObject({
      code: "TOO_MANY_ATTEMPTS",
      retryAfter: 120,
    });
    await ask("nobody@mgs.mg");
  });

  it.each(["", "hery", "hery@", `${"x".repeat(320)}@mgs.mg`, "a\u0000@mgs.mg"])(
    "of %j is refused before anything is counted",
    async (email) => {
      await expect(ask(email)).rejects.toMatchObject({ code: "VALIDATION_ERROR", details: [{ path: "email" }] });
      expect(await test.database.outbox.count()).toBe(0);
    },
  );
});
