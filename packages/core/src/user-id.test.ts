import { expect, it } from "vitest";
import { isUserId, parseUserId } from "./user-id";

it.each(["1", "42", "2147483647"])("%j is a user id", (text) => {
  expect(parseUserId(text)).toBe(Number(text));
  expect(isUserId(Number(text))).toBe(true);
});

it.each(["", "0", "-1", "01", " 1", "1.5", "1e3", "2147483648", "99999999999", "١"])("%j is no user id", (text) => {
  expect(parseUserId(text)).toBeNull();
});

it.each([0, -1, 1.5, 2_147_483_648, Number.NaN, Number.POSITIVE_INFINITY])("%d is no user id", (value) => {
  expect(isUserId(value)).toBe(false);
});
