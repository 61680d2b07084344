/** The machine client of the canary. Statistics and lists leave out its notifications. */
export const CANARY_CLIENT = "canary";
