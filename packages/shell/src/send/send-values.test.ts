import { sendInput } from "@mgs/notifications/contract/schemas";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSend, fieldOf, type SendField, type SendValues } from "./send-values";

const hery = { id: 2, name: "Hery", email: "hery@mgs.mg", role_name: "Commercial" } as const;
const lala = { id: 3, name: "Lala", email: "lala@mgs.mg", role_name: "Comptable" } as const;
const values: SendValues = {
  recipients: [hery, lala],
  type: "information",
  titre: "Titre",
  message: "Message",
  url: "",
};

test("a filled form becomes one API body for each recipient, without an empty link", () => {
  const content = { type: "information", titre: "Titre", message: "Message" };
  expect(checkSend(values)).toEqual({
    ok: true,
    sends: [
      { person: hery, input: { user_id: 2, ...content } },
      { person: lala, input: { user_id: 3, ...content } },
    ],
  });
});

test("every problem is reported at its field", () => {
  const empty = { recipients: [], type: "Accentué", titre: " ", message: "", url: "javascript:alert(1)" };
  expect(checkSend(empty)).toEqual({
    ok: false,
    problems: {
      recipients: "INVALID_ID",
      type: "INVALID_TYPE",
      titre: "REQUIRED",
      message: "REQUIRED",
      url: "INVALID_URL",
    },
  });
});

test("lengths are counted in characters", () => {
  expect(checkSend({ ...values, message: "😀".repeat(5_000) }).ok).toBe(true);
  expect(checkSend({ ...values, message: "😀".repeat(5_001) })).toMatchObject({ problems: { message: "TOO_LONG" } });
});

test("the form refuses exactly the values that the API refuses", () => {
  const text = (max: number) =>
    fc.oneof(
      fc.constantFrom(
        "",
        " ",
        "\u200b",
        "\u2028\u202e",
        "\u0000",
        "\ud800",
        "😀".repeat(max),
        "a".repeat(max),
        "é".repeat(max + 1),
      ),
      fc.string({ unit: "binary", maxLength: 20 }),
    );
  const url = fc.oneof(
    fc.constantFrom("", "/a", "//a", "ftp://a", "http://a@b", "https://a.mg/é?q#h", "/\u0000"),
    fc.webUrl(),
  );
  const type = fc.oneof(fc.constantFrom("", "information", "A", "a".repeat(64), "a".repeat(65)), fc.string());
  const form = fc.record({ type, titre: text(200), message: text(5_000), url: fc.oneof(url, text(2_048)) });
  fc.assert(
    fc.property(form, (fields) => {
      const trimmed = { ...fields, type: fields.type.trim(), url: fields.url.trim() };
      const refused = sendInput.safeParse({ user_id: 2, ...trimmed, url: trimmed.url === "" ? null : trimmed.url });
      const first: Partial<Record<SendField, string>> = {};
      for (const { path, message } of refused.error?.issues ?? []) {
        const field = fieldOf(String(path[0]));
        if (field) first[field] ??= message;
      }
      const check = checkSend({ recipients: [hery], ...fields });
      expect(check.ok ? {} : check.problems).toEqual(first);
    }),
  );
});
