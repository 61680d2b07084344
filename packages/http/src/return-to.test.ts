import fc from "fast-check";
import { expect, test } from "vitest";
import { safeReturnTo, signInErrorPath, signInPath } from "./return-to";

const HOME = "/dashboard";

test.each([
  ["/notifications?filter=unread#top", "/notifications?filter=unread#top"],
  ["/a/../dashboard", "/dashboard"],
  [undefined, HOME],
  ["", HOME],
  ["/", HOME],
  ["dashboard", HOME],
  ["https://evil.example/", HOME],
  ["//evil.example/", HOME],
  ["/\\evil.example", HOME],
  ["/\t/evil.example", HOME],
  ["/.//evil.example", HOME],
  ["/a/..//evil.example", HOME],
  ["javascript:alert(1)", HOME],
  ["/login/oauth?returnTo=/login/oauth", HOME],
  ["/logout", HOME],
  ["/api/notifications", HOME],
  [`/${"a".repeat(3_000)}`, HOME],
])("%j leads to %s", (wanted, path) => {
  expect(safeReturnTo(wanted)).toBe(path);
});

test("a browser stays on this origin for every returnTo", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.webUrl(), fc.string({ unit: fc.constantFrom("/", "\\", ".", "\t", "e", ":", "@") })),
      (wanted) => {
        for (const text of [wanted, `/${wanted}`]) {
          expect(new URL(safeReturnTo(text), "https://portal.example").origin).toBe("https://portal.example");
        }
      },
    ),
  );
});

test("a sign-in link contains the path to return to", () => {
  expect(signInPath("/envoyer?a=b")).toBe("/login/oauth?returnTo=%2Fenvoyer%3Fa%3Db");
});

test("the error page's link keeps the path, and removes unsafe characters of the error", () => {
  expect(signInErrorPath("access_denied", "/profil")).toBe("/login/erreur?error=access_denied&returnTo=%2Fprofil");
  expect(signInErrorPath("<b>no</b>\r\n", "//evil.example")).toBe("/login/erreur?error=bnob&returnTo=%2Fdashboard");
  expect(signInErrorPath("x".repeat(10_000), HOME).length).toBeLessThan(100);
});
