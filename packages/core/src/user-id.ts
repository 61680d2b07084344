/** PostgreSQL's largest `integer`. */
export const MAX_USER_ID = 2_147_483_647;

/** A user id as text. It has no sign, no leading zero and no space. */
export const USER_ID_DIGITS = /^[1-9]\d{0,9}$/;

/** @returns true for a number that may be a user id, whether or not somebody has it */
export function isUserId(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_USER_ID;
}

/** @returns null for a text that is no user id */
export function parseUserId(text: string): number | null {
  return USER_ID_DIGITS.test(text) && isUserId(Number(text)) ? Number(text) : null;
}
