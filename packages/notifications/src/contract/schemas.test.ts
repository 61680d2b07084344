import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  changesQuery,
  findTextProblem,
  isAcceptableUrl,
  listQuery,
  MAX_CHARACTERS,
  sendInput,
  updateInput,
} from "./schemas";

const good = { user_id: 1, type: "a", titre: "t", message: "m" };
const codes = (input: unknown) =>
  sendInput.safeParse(input).error?.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`) ?? [];

describe("isAcceptableUrl", () => {
  it.each([
    "/",
    "/dashboard?x=1#y",
    "/dossiers/é",
    "http://localhost:3001/dashboard",
    "HTTPS://mgs.mg",
    "https://mgs.mg?x=a@b",
    "https://mgs.mg/@someone",
    "http://[::1]:3000/",
    "https://été.mg/",
  ])("takes %s", (url) => expect(isAcceptableUrl(url)).toBe(true));

  it.each([
    "",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\u0001javascript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://mgs.mg",
    "dashboard",
    "//evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "http:\\\\evil.test",
    "http:/evil.test",
    "http:///evil.test",
    "https:evil.test",
    "https://",
    "http://[::1",
    "https://mgs.mg@evil.test/",
    "https://a:b@evil.test/",
    "https://mgs.mg\\@evil.test/",
    "https://evil.test\u00a0/",
    "http://%zz/",
  ])("refuses %j", (url) => expect(isAcceptableUrl(url)).toBe(false));

  it("never lets a browser leave http(s), take credentials, or leave the portal by a path", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      "\t",
      "\n",
      " ",
      ":",
      "@",
      "//",
      "http",
      "https:",
      "javascript:",
      "a",
      ".",
      "..",
      "?",
      "#",
      "%2f",
      "\u0000",
      "é",
      "evil.test",
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ maxLength: 3, unit: "binary" })), { maxLength: 8 }),
        (pieces) => {
          const value = pieces.join("");
          if (!isAcceptableUrl(value)) return;
          const url = new URL(value, "https://portal.test/page");
          expect(url.protocol).toMatch(/^https?:$/);
          expect(url.username + url.password).toBe("");
          if (value.startsWith("/")) {
            expect(url.origin).toBe("https://portal.test");
            expect(new URL(`https://portal.test${value}`).origin).toBe("https://portal.test");
          }
        },
      ),
      { numRuns: 20_000 },
    );
  });
});

describe("sendInput", () => {
  it("takes numbers and numeric strings as user_id", () => {
    expect(sendInput.parse({ ...good, user_id: "12" })).toMatchObject({ user_id: 12, url: null });
  });

  it.each([0, -1, 1.5, 2 ** 31, "0", "01", "1e3", " 1", "", null, [1], { id: 1 }, Number.NaN])(
    "refuses user_id %j",
    (user_id) => {
      expect(codes({ ...good, user_id })).toEqual(["user_id INVALID_ID"]);
    },
  );

  it("counts characters, not UTF-16 units", () => {
    expect(codes({ ...good, titre: "😀".repeat(200), message: "😀".repeat(5_000) })).toEqual([]);
    expect(codes({ ...good, titre: "😀".repeat(201), message: "x".repeat(5_001) })).toEqual([
      "titre TOO_LONG",
      "message TOO_LONG",
    ]);
  });

  it("says what is wrong with each field", () => {
    expect(codes({})).toEqual(["user_id INVALID_ID", "type REQUIRED", "titre REQUIRED", "message REQUIRED"]);
    expect(codes({ ...good, titre: 5, message: null })).toEqual(["titre INVALID_TEXT", "message REQUIRED"]);
    expect(codes({ ...good, titre: "a\u0000", message: "\ud800" })).toEqual([
      "titre INVALID_TEXT",
      "message INVALID_TEXT",
    ]);
    expect(codes({ ...good, titre: " \n" })).toEqual(["titre REQUIRED"]);
    expect(codes({ ...good, type: "Été" })).toEqual(["type INVALID_TYPE"]);
    expect(codes({ ...good, url: "javascript:alert(1)" })).toEqual(["url INVALID_URL"]);
    expect(codes({ ...good, url: `/${"a".repeat(2_048)}` })).toEqual(["url TOO_LONG"]);
  });

  it("parses its own output to the same value", () => {
    const once = sendInput.parse({ ...good, user_id: "7" });
    expect(sendInput.parse(once)).toEqual(once);
  });
});

describe("queries and changes", () => {
  it("reads digits alone as numbers", () => {
    expect(changesQuery.parse({ after: "42" })).toEqual({ after: 42 });
    for (const after of ["", " ", "-1", "1.5", "0x10", "1e3", "9".repeat(16), undefined, "\u0000"])
      expect(changesQuery.safeParse({ after }).success).toBe(false);
  });

  it("has defaults and bounds for a list", () => {
    expect(listQuery.parse({})).toEqual({ filter: "all", limit: 20 });
    expect(listQuery.parse({ limit: "100", filter: "unread" })).toEqual({ filter: "unread", limit: 100 });
    for (const bad of [{ limit: "0" }, { limit: "101" }, { filter: "x" }, { cursor: "x" }])
      expect(listQuery.safeParse(bad).success).toBe(false);
  });

  it("requires at least one mark and refuses other fields", () => {
    expect(updateInput.safeParse({}).success).toBe(false);
    expect(updateInput.safeParse({ read: true, user_id: 2 }).success).toBe(false);
    expect(updateInput.safeParse({ read: "true" }).success).toBe(false);
    expect(updateInput.parse({ archived: false })).toEqual({ archived: false });
  });
});

describe("a text without a visible character", () => {
  const given = { user_id: 1, type: "essai", titre: "Titre", message: "Message" };

  it.each(["", " \n", "\u2028", "\u200b", "\u202e\u2800", "\ufeff\u3164"])("%j counts as not given", (blank) => {
    for (const field of ["titre", "message"] as const) {
      const issues = sendInput.safeParse({ ...given, [field]: blank }).error?.issues;
      expect(issues).toMatchObject([{ path: [field], message: "REQUIRED" }]);
      expect(findTextProblem(blank, MAX_CHARACTERS[field])).toBe("REQUIRED");
    }
  });

  it("may stand around visible ones", () => {
    expect(sendInput.parse({ ...given, titre: "\u200bA\u2028" }).titre).toBe("\u200bA\u2028");
  });
});
