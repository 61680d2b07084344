/**
 * Close codes of Pusher Channels protocol 7. Clients of 4000–4099 never come back by themselves, those of 4100–4199
 * come back after a second or more, those of 4200–4299 at once.
 */
export const CloseCode = {
  tlsRequired: 4000,
  appUnknown: 4001,
  appDisabled: 4003,
  overQuota: 4004,
  pathUnknown: 4005,
  versionInvalid: 4006,
  versionUnsupported: 4007,
  versionMissing: 4008,
  unauthorized: 4009,
  /** A full server, a client that reads too slowly (`maxUnsentBytes`), or one that sends too many messages. */
  overCapacity: 4100,
  reconnect: 4200,
  pongMissing: 4201,
  inactive: 4202,
} as const;

export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** Codes that a `pusher:error` carries while the connection stays open. */
export const ErrorCode = { clientEventRate: 4301, watchlistLimit: 4302 } as const;

/** Why a connection ends: the code, and the sentence that a developer reads in the browser's console. */
export type CloseReason = { code: CloseCode; message: string };
