import { expect, test } from "vitest";
import { attemptCookies, newAttempt, splitState, staleCookies, stateWith } from "./attempts";

test("each attempt has cookies of its own name, sent to the callback alone", () => {
  const [first, second] = [newAttempt(), newAttempt()];
  const cookies = attemptCookies("commercial", first, true);
  expect(cookies.state.name).not.toBe(attemptCookies("commercial", second, true).state.name);
  expect(cookies.state.options).toMatchObject({ path: "/api/auth/callback/mgs", httpOnly: true, secure: true });
});

test("the attempt travels behind the state", () => {
  const attempt = newAttempt();
  expect(splitState(stateWith("abc_-1", attempt))).toEqual({ state: "abc_-1", attempt });
});

test.each([null, "", "abc", "abc.", ".x-0123456789ab", "abc.x-0123456789ab; Path=/"])(
  "%j is no state of ours",
  (state) => {
    expect(splitState(state)).toBeNull();
  },
);

test("arriving drops the attempt's own cookies and all but the newest eight others", () => {
  const ids = Array.from({ length: 12 }, (_, i) => `m${String(i).padStart(2, "0")}-0123456789ab`);
  const names = ids.map((id) => `mgs.commercial.a.${id}.s`);
  const dropped = staleCookies("commercial", ids[11] ?? "", [
    ...names,
    "mgs.commercial.session",
    "mgs.gestion-dossier.a.x.s",
  ]);
  expect(dropped).toEqual([names[0], names[1], names[2], names[11]]);
});
