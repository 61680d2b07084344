import { randomBytes } from "node:crypto";
import { createSealer } from "@mgs/core/crypto";
import { withRemoteAddress } from "@mgs/core/request-context";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { hash as argon2 } from "@node-rs/argon2";
import { hash as bcrypt } from "@node-rs/bcrypt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NO_PASSWORD } from "./no-password";
import { hashPassword } from "./password";
import { signIn } from "./sign-in";
import { createSignInLimiter, DEFAULT_SIGN_IN_LIMITS } from "./sign-in-limiter";

const PASSWORD = "Hélène à l'été";
const [COMPOSED, DECOMPOSED] = [PASSWORD.normalize("NFC"), PASSWORD.normalize("NFD")];
const OFFICE = "198.51.100.1";
const sealer = createSealer(randomBytes(32).toString("base64"));
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** No delay ends by itself, however long a busy machine stands still. */
const standstill = () => 1_000_000;

let made = 0;
async function addAccount(passwordHash: string): Promise<string> {
  const email = `personne-${++made}@mgs.mg`;
  await test.database.user.create({ data: { email, name: "P", role: "commercial", passwordHash } });
  return email;
}

const hashOf = async (email: string) => (await test.database.user.findUniqueOrThrow({ where: { email } })).passwordHash;

function start(limits = DEFAULT_SIGN_IN_LIMITS) {
  const deps = { database: test.database, sealer, limiter: createSignInLimiter(null, limits, standstill) };
  return (email: string, password: string, ip = OFFICE, device?: string) =>
    signIn(deps, { email, password, ip, device });
}

describe("a password with accents, however they are typed", () => {
  it.each([
    ["hashed in the one form", () => hashPassword(DECOMPOSED), false],
    ["moved as bcrypt of combining accents", () => bcrypt(DECOMPOSED, { cost: 4 }), true],
    ["moved as bcrypt of whole characters", () => bcrypt(COMPOSED, { cost: 4 }), true],
    ["hashed as it was typed, with combining accents", () => argon2(DECOMPOSED), true],
  ])("signs in: %s", async (_name, makeHash, isRenewed) => {
    for (const typed of [COMPOSED, DECOMPOSED]) {
      const before = await makeHash();
      const email = await addAccount(before);
      const enter = start();
      expect(await enter(email, typed)).toMatchObject({ user: { email } });
      expect((await hashOf(email)) === before).toBe(!isRenewed);
      // From here on there is one form, and it is not made anew again.
      const renewed = await hashOf(email);
      for (const again of [COMPOSED, DECOMPOSED]) {
        expect(await enter(email, again)).toMatchObject({ passwordHash: renewed });
      }
      await expect(enter(email, "Helene a l'ete")).rejects.toThrow("INVALID_CREDENTIALS");
    }
  });
});

describe("limits", () => {
  it("let tabs that were restored together all in", async () => {
    const email = await addAccount(await hashPassword(PASSWORD));
    const enter = start();
    const tabs = await Promise.all(Array.from({ length: 8 }, () => enter(email, PASSWORD)));
    expect(tabs.map(({ user }) => user.email)).toEqual(tabs.map(() => email));
  });

  it("do not let the right password in among guesses sent at once, once the limit is reached", async () => {
    const email = await addAccount(await hashPassword(PASSWORD));
    const enter = start();
    const guesses = [...Array.from({ length: 20 }, (_, n) => `guess ${n}`), PASSWORD];
    const answers = await Promise.allSettled(guesses.map((guess) => enter(email, guess)));
    const said = answers.map((one) => (one.status === "rejected" ? one.reason.code : "in"));
    expect(said.filter((code) => code === "INVALID_CREDENTIALS")).toHaveLength(DEFAULT_SIGN_IN_LIMITS.pair);
    expect(said.at(-1)).toBe("TOO_MANY_ATTEMPTS");
  });

  it("let a known browser in, whatever others do behind its address and to its account", async () => {
    const email = await addAccount(await hashPassword(PASSWORD));
    const enter = start({ pair: 5, address: 6, account: 12, windowSeconds: 300 });
    const { device } = await enter(email, PASSWORD);
    // Addresses of others, then the office's own; the answer for an unknown account is the same.
    for (let n = 0; n < 12; n++) {
      await expect(enter(email, "guess", `203.0.113.${n}`)).rejects.toThrow("INVALID_CREDENTIALS");
    }
    for (let n = 0; n < 6; n++) {
      await expect(enter(`nobody-${n}@mgs.mg`, "guess")).rejects.toThrow("INVALID_CREDENTIALS");
    }
    await expect(enter(email, PASSWORD, "192.0.2.9")).rejects.toThrow("TOO_MANY_ATTEMPTS");
    await expect(enter("stranger@mgs.mg", PASSWORD)).rejects.toThrow("TOO_MANY_ATTEMPTS");
    expect(await enter(email, PASSWORD, OFFICE, device)).toMatchObject({ user: { email } });
    expect(await enter(email, PASSWORD, "192.0.2.9", device)).toMatchObject({ user: { email } });
    // It is a key to the door, not to the house: it has five guesses itself, and opens no other account's.
    await expect(enter("stranger@mgs.mg", PASSWORD, OFFICE, device)).rejects.toThrow("TOO_MANY_ATTEMPTS");
    for (let n = 0; n < 5; n++) {
      await expect(enter(email, "guess", OFFICE, device)).rejects.toThrow("INVALID_CREDENTIALS");
    }
    await expect(enter(email, PASSWORD, OFFICE, device)).rejects.toThrow("TOO_MANY_ATTEMPTS");
  });

  it("count failures for a disabled account, too, and tell nothing of it", async () => {
    const email = await addAccount(await hashPassword(PASSWORD));
    await test.database.user.update({ where: { email }, data: { disabledAt: new Date() } });
    const enter = start();
    for (let n = 0; n < 5; n++) await expect(enter(email, PASSWORD)).rejects.toThrow("INVALID_CREDENTIALS");
    await expect(enter(email, PASSWORD)).rejects.toThrow("TOO_MANY_ATTEMPTS");
  });
});

it("a sign-in that is refused stands in the trail, with the account and from where, for an open and for a disabled account", async () => {
  for (const disabledAt of [null, new Date()]) {
    const email = await addAccount(await hashPassword(PASSWORD));
    const { id } = await test.database.user.update({ where: { email }, data: { disabledAt } });
    await expect(withRemoteAddress(OFFICE, () => start()(email, "guess"))).rejects.toThrow("INVALID_CREDENTIALS");
    const rows = await test.database.auditEvent.findMany({ where: { userId: id } });
    expect(rows).toMatchObject([{ action: "sign-in.refused", actor: "visitor", ip: OFFICE }]);
  }
});

describe("a known browser", () => {
  it("is a stranger again once the account's known devices are forgotten", async () => {
    const email = await addAccount(await hashPassword(PASSWORD));
    const enter = start({ pair: 1, address: 100, account: 100, windowSeconds: 300 });
    const { device } = await enter(email, PASSWORD);
    await expect(enter(email, "guess")).rejects.toThrow("INVALID_CREDENTIALS");
    expect(await enter(email, PASSWORD, OFFICE, device)).toMatchObject({ user: { email } });
    await test.database.user.update({ where: { email }, data: { knownDevicesSince: new Date(Date.now() + 1) } });
    await expect(enter(email, PASSWORD, OFFICE, device)).rejects.toThrow("TOO_MANY_ATTEMPTS");
  });
});

describe("a lockout", () => {
  const noticesTo = async (email: string) => {
    const { id } = await test.database.user.findUniqueOrThrow({ where: { email } });
    const rows = await test.database.outbox.findMany({ where: { kind: "identity.security-notice" } });
    return rows.map(({ payload }) => payload).filter((payload) => Object(payload).user_id === id);
  };

  it("is told to the account's owner once, from however many networks it comes", async () => {
    const email = await addAccount(await hashPassword(PASSWORD));
    const enter = start();
    for (let n = 0; n < 4; n++) await expect(enter(email, "guess")).rejects.toThrow("INVALID_CREDENTIALS");
    expect(await noticesTo(email)).toEqual([]);
    await expect(enter(email, "guess")).rejects.toThrow("INVALID_CREDENTIALS");
    await expect(enter(email, "guess")).rejects.toThrow("TOO_MANY_ATTEMPTS");
    for (let n = 0; n < 5; n++)
      await expect(enter(email, "guess", "203.0.113.5")).rejects.toThrow("INVALID_CREDENTIALS");
    expect(await noticesTo(email)).toMatchObject([{ notice: "lockout" }]);
    const told = new Date(Date.now() - 3_600_001);
    await test.database.user.update({ where: { email }, data: { lockoutNoticedAt: told } });
    for (let n = 0; n < 5; n++)
      await expect(enter(email, "guess", "203.0.113.6")).rejects.toThrow("INVALID_CREDENTIALS");
    expect(await noticesTo(email)).toHaveLength(2);
  });

  it("of an address without an account, or by a known browser, is told to nobody", async () => {
    const email = await addAccount(await hashPassword(PASSWORD));
    const enter = start();
    const { device } = await enter(email, PASSWORD);
    const count = () => test.database.outbox.count();
    const before = await count();
    for (let n = 0; n < 5; n++) {
      await expect(enter("nobody@mgs.mg", "guess")).rejects.toThrow("INVALID_CREDENTIALS");
      await expect(enter(email, "guess", OFFICE, device)).rejects.toThrow("INVALID_CREDENTIALS");
    }
    expect(await count()).toBe(before);
  });
});

it("an account whose owner has chosen no password yet is refused as an unknown one is, whatever is typed", async () => {
  const email = await addAccount(NO_PASSWORD);
  const enter = start();
  for (const typed of [NO_PASSWORD, "", PASSWORD])
    await expect(enter(email, typed)).rejects.toThrow("INVALID_CREDENTIALS");
  expect(await hashOf(email)).toBe(NO_PASSWORD);
});

it("a password that somebody else has set says so", async () => {
  const email = await addAccount(await hashPassword(PASSWORD));
  expect(await start()(email, PASSWORD)).toMatchObject({ mustChange: false });
  await test.database.user.update({ where: { email }, data: { passwordMustChange: true } });
  expect(await start()(email, PASSWORD)).toMatchObject({ mustChange: true });
});
