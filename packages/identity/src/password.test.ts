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

const { checkPassword, hashPassword, isUsableHash } = await import("./password");
const { NO_PASSWORD } = await import("./no-password");
const { hash: argon2 } = await import("@node-rs/argon2");
const { hash: bcrypt } = await import("@node-rs/bcrypt");
const { bcryptCost } = await import("./legacy-password");

/** Of "password", made by PHP: the hash in Laravel's own user factory. */
const LARAVEL_PASSWORD = "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi";
const COST_4 = "$2b$04$EGdrhbKUv8Oc9vGiXX0HQOxSg445d458Muh7DAHskb6QbtCvdxcie";

test("a hash of Laravel opens with its password, and is outdated; ours is not", async () => {
  expect(await checkPassword(LARAVEL_PASSWORD, "password")).toBe("outdated");
  expect(await checkPassword(LARAVEL_PASSWORD, "Password")).toBe("wrong");
  const ours = await hashPassword("password");
  expect(await checkPassword(ours, "password")).toBe("right");
  expect(await checkPassword(ours, "Password")).toBe("wrong");
});

test("what is no bcrypt hash, or costs too much, is none", () => {
  for (const stored of ["", "$2y$10$short", "$2x$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi"]) {
    expect(bcryptCost(stored), stored).toBeNull();
  }
  expect(bcryptCost(LARAVEL_PASSWORD.replace("$10$", "$15$"))).toBeNull();
  expect(bcryptCost(LARAVEL_PASSWORD)).toBe(10);
});

/** Of another system: 8 GiB of memory for each sign-in. */
const COSTLY = "$argon2id$v=19$m=8388608,t=1,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

test("an argon2id hash is verified within bounds of memory, time and lanes, and so is imported", () => {
  const of = (m: number, t: number, p: number) => COSTLY.replace("m=8388608,t=1,p=1", `m=${m},t=${t},p=${p}`);
  for (const usable of [of(19_456, 2, 1), of(65_536, 3, 4), of(131_072, 2, 1), of(8, 1, 1), of(26_214, 10, 1)])
    expect(isUsableHash(usable), usable).toBe(true);
  const costly = [
    COSTLY,
    of(131_073, 1, 1),
    of(19_456, 11, 1),
    of(19_456, 2, 5),
    of(131_072, 3, 1),
    of(999_999_999, 999, 1),
  ];
  const broken = [of(7, 1, 1), of(16, 1, 4), of(19_456, 0, 1), of(19_456, 2, 0), NO_PASSWORD, "", `${COSTLY}\n`];
  for (const refused of [...costly, ...broken]) expect(isUsableHash(refused), refused).toBe(false);
});

test("a password typed in wide letters, or with a ligature, is the one that it looks like", async () => {
  expect(await checkPassword(await hashPassword("ｐａｓｓ ﬁn ①"), "pass fin 1")).toBe("right");
  const before = await argon2("pass ﬁn", { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  expect(await checkPassword(before, "pass ﬁn")).toBe("outdated");
});

const ACCENTED = "mot de passé";

describe("a refusal costs the same work for every kind of account", () => {
  test.each([
    ["no account has a bcrypt hash", null, 0],
    ["some have", 10, 2 ** 10],
  ])("%s", async (_, legacyCost, rounds) => {
    const stored = [
      null,
      NO_PASSWORD,
      COSTLY,
      await hashPassword("another"),
      ...(legacyCost === null ? [] : [LARAVEL_PASSWORD, COST_4]),
    ];
    for (const hash of stored) {
      Object.assign(work, { argon2: 0, bcryptRounds: 0 });
      expect(await checkPassword(hash, "wrong", legacyCost)).toBe("wrong");
      expect(work, String(hash)).toEqual({ argon2: 1, bcryptRounds: rounds });
    }
  });
});

describe("a password with accents costs as many attempts as it has forms, whoever it is and whichever form matches", () => {
  test.each([
    ["a wrong one, in two forms", ACCENTED, 2],
    ["a wrong one, typed in combining characters", ACCENTED.normalize("NFD"), 2],
    ["a wrong one, typed in a third way", `${ACCENTED}${"é".normalize("NFD")}`, 3],
  ])("%s", async (_, typed, forms) => {
    for (const stored of [null, await hashPassword("another"), LARAVEL_PASSWORD, COST_4]) {
      Object.assign(work, { argon2: 0, bcryptRounds: 0 });
      expect(await checkPassword(stored, typed, 10)).toBe("wrong");
      expect(work, String(stored)).toEqual({ argon2: forms, bcryptRounds: forms * 2 ** 10 });
    }
  });

  test("a no-break space is a space, also where it was hashed as it was typed", async () => {
    const typed = ACCENTED.replace(" ", "\u00a0");
    expect(await checkPassword(await hashPassword(typed), ACCENTED)).toBe("right");
    expect(await checkPassword(await hashPassword(ACCENTED), typed)).toBe("right");
    const stored = await argon2(typed, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(await checkPassword(stored, typed)).toBe("outdated");
  });

  test("a right one, by our hash of either form", async () => {
    for (const form of ["NFC", "NFD"] as const) {
      const stored = await argon2(ACCENTED.normalize(form), { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
      Object.assign(work, { argon2: 0, bcryptRounds: 0 });
      expect(await checkPassword(stored, ACCENTED, 10)).toBe(form === "NFC" ? "right" : "outdated");
      expect(work).toEqual({ argon2: 2, bcryptRounds: 0 });
    }
  });

  test("a right one, by a moved hash of either form", async () => {
    for (const form of ["NFC", "NFD"] as const) {
      const stored = await bcrypt(ACCENTED.normalize(form), { cost: 4 });
      Object.assign(work, { argon2: 0, bcryptRounds: 0 });
      expect(await checkPassword(stored, ACCENTED)).toBe("outdated");
      expect(work).toEqual({ argon2: 0, bcryptRounds: 2 * 2 ** 4 });
    }
  });
});
