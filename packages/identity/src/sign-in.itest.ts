import { randomBytes } from "node:crypto";
import { createSealer } from "@mgs/core/crypto";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { hash as argon2 } from "@node-rs/argon2";
import { hash as bcrypt } from "@node-rs/bcrypt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
