/** The machine client by which the canary sends; its notifications are nobody's news. */
export const CANARY_CLIENT = "canary";
