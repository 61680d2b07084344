import { describe, expect, it } from "vitest";
import { isCommonPassword, loadCommonPasswords } from "./common-passwords";
import { newPasswordOf } from "./password-rule";
import { isPersonalPassword } from "./personal-password";

const person = { name: "Hery Ranaivo-Andria", email: "h.ranaivo@cabinet-rakoto.mg" };
const codesOf = async (password: string) => {
  const result = (await newPasswordOf(person)).safeParse(password);
  return result.success ? [] : result.error.issues.map(({ message }) => message);
};

describe("a new password", () => {
  it.each([
    "correct horse battery",
    "trois bateaux verts",
    "mgs-demo-2026",
    "Zébu! sous 3 baobabs",
    "ny vary no mafana be",
    "9fK2-x81m-Qw7z",
    `${"x".repeat(500)} et la suite du texte`,
  ])("may be %s", async (password) => {
    expect(await codesOf(password)).toEqual([]);
  });

  it.each([
    ["PASSWORD_TOO_SHORT", "onze signes"],
    // Eleven as they are hashed: the accent stands alone.
    ["PASSWORD_TOO_SHORT", "une\u0301 phrases"],
    ["PASSWORD_TOO_LONG", "é".repeat(1_025)],
    ["INVALID_TEXT", "trois bateaux\u0000"],
    ["PASSWORD_COMMON", "1qaz2wsx3edc"],
    ["PASSWORD_COMMON", "MotDePasse!!"],
    ["PASSWORD_COMMON", "motdepasse2026"],
    ["PASSWORD_COMMON", "Password1234"],
    ["PASSWORD_COMMON", "ｐａｓｓｗｏｒｄ１２３４"],
    ["PASSWORD_COMMON", "p a s s w o r d 1"],
    ["PASSWORD_COMMON", "azertyuiop12"],
    ["PASSWORD_COMMON", "Madagascar2026!"],
    ["PASSWORD_COMMON", "aaaaaaaaaaaa"],
    ["PASSWORD_COMMON", "abcdefghijkl"],
    ["PASSWORD_COMMON", "lkjihgfedcba"],
    ["PASSWORD_COMMON", "123456789012"],
    ["PASSWORD_COMMON", "dragondragon"],
    ["PASSWORD_PERSONAL", "Hery Ranaivo"],
    ["PASSWORD_PERSONAL", "ranaivo-andria"],
    ["PASSWORD_PERSONAL", "h.ranaivo@cabinet-rakoto.mg"],
    ["PASSWORD_PERSONAL", "Ranaivo-1987!"],
    ["PASSWORD_PERSONAL", "R4n41v0-Andr14"],
    ["PASSWORD_PERSONAL", "airdna-oviaanar"],
    ["PASSWORD_PERSONAL", "cabinet rakoto"],
  ])("is refused as %s: %s", async (code, password) => {
    expect(await codesOf(password)).toEqual([code]);
  });

  it("is compared with the person's own words alone, and short ones are part of many passwords", () => {
    const other = { name: "Bo", email: "b@mgs.mg" };
    expect(isPersonalPassword("Ranaivo-1987!", other)).toBe(false);
    expect(isPersonalPassword("bobobobobobo", other)).toBe(false);
    expect(isPersonalPassword("mgsmgsmgsmgs", other)).toBe(false);
  });

  it("is compared with some 49,000 common ones", async () => {
    const common = await loadCommonPasswords();
    expect(common.size).toBeGreaterThan(49_000);
    const long = [...common].filter(({ length }) => length >= 12);
    expect(long.length).toBeGreaterThan(300);
    for (const password of long) expect(isCommonPassword(password.toUpperCase(), common), password).toBe(true);
  });
});
