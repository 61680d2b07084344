import { describe, expect, test, vi } from "vitest";

const work = vi.hoisted(() => ({ argon2: 0, bcryptRounds: 0 }));
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  const verify: typeof real.verify = (...args) => {
    work.argon2++;
    return real.verify(...args);
  };
  return { ...real, verify };
});
vi.mock("@node-rs/bcrypt", async (original) => {
  const real = await original<typeof import("@node-rs/bcrypt")>();
  const verify: typeof real.verify = (plain, stored, ...rest) => {
    work.bcryptRounds += 2 ** Number(String(stored).slice(4, 6));
    return real.verify(plain, stored, ...rest);
  };
  const hash: typeof real.hash = (plain, options) => {
    work.bcryptRounds += 2 ** (options?.cost ?? 0);
    return real.hash(plain, options);
  };
  return { ...real, verify, hash };
});

const { hashPassword, isOutdated, passwordMatches } = await import("./password");
const { bcryptCost } = await import("./legacy-password");

/** Of "password", made by PHP: the hash in Laravel's own user factory. */
const LARAVEL_PASSWORD = "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi";
const COST_4 = "$2b$04$EGdrhbKUv8Oc9vGiXX0HQOxSg445d458Muh7DAHskb6QbtCvdxcie";

test("a hash of Laravel opens with its password, and is outdated; ours is not", async () => {
  expect(await passwordMatches(LARAVEL_PASSWORD, "password")).toBe(true);
  expect(await passwordMatches(LARAVEL_PASSWORD, "Password")).toBe(false);
  expect(isOutdated(LARAVEL_PASSWORD)).toBe(true);
  const ours = await hashPassword("password");
  expect(await passwordMatches(ours, "password")).toBe(true);
  expect(isOutdated(ours)).toBe(false);
});

test("what is no bcrypt hash, or costs too much, is none", () => {
  for (const stored of ["", "$2y$10$short", "$2x$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi"]) {
    expect(bcryptCost(stored), stored).toBeNull();
  }
  expect(bcryptCost(LARAVEL_PASSWORD.replace("$10$", "$15$"))).toBeNull();
  expect(bcryptCost(LARAVEL_PASSWORD)).toBe(10);
});

describe("a refusal costs the same work for every kind of account", () => {
  test.each([
    ["no account has a bcrypt hash", null, 0],
    ["some have", 10, 2 ** 10],
  ])("%s", async (_, legacyCost, rounds) => {
    const stored = [null, await hashPassword("another"), ...(legacyCost === null ? [] : [LARAVEL_PASSWORD, COST_4])];
    for (const hash of stored) {
      Object.assign(work, { argon2: 0, bcryptRounds: 0 });
      expect(await passwordMatches(hash, "wrong", legacyCost)).toBe(false);
      expect(work, String(hash)).toEqual({ argon2: 1, bcryptRounds: rounds });
    }
  });
});
