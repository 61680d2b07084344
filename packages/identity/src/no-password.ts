/**
 * The stored value of an account whose owner has chosen no password yet, or may use theirs no more. No password matches it, and a
 * sign-in takes as long as one to an unknown account.
 */
export const NO_PASSWORD = "-";
