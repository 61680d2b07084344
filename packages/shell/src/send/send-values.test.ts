import { expect, test } from "vitest";
import { checkSend, type SendValues } from "./send-values";

const hery = { id: 2, name: "Hery", email: "hery@mgs.mg", role: "commercial" } as const;
const lala = { id: 3, name: "Lala", email: "lala@mgs.mg", role: "comptable" } as const;
const values: SendValues = {
  recipients: [hery, lala],
  type: "information",
  titre: "Titre",
  message: "Message",
  url: "",
};

test("a filled form is the API's body for each recipient, without an empty link", () => {
  const content = { type: "information", titre: "Titre", message: "Message" };
  expect(checkSend(values)).toEqual({
    ok: true,
    sends: [
      { person: hery, input: { user_id: 2, ...content } },
      { person: lala, input: { user_id: 3, ...content } },
    ],
  });
});

test("every problem is named at its field", () => {
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
