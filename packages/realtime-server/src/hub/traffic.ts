/** The protocols that clients speak; pusher-js does so by HTTP too. */
export const CLIENT_PROTOCOLS = ["pusher", "socket.io"] as const;
export type ClientProtocol = (typeof CLIENT_PROTOCOLS)[number];

/** The clients of one app that speak one protocol, in this process: who is there, and what went to and fro since its start. */
export type Traffic = {
  /** Connections that have not departed. */
  connections: number;
  /** Events, once for each subscriber they were queued for. */
  delivered: number;
  /** Messages of any kind that clients sent. */
  messagesIn: number;
  bytesIn: number;
  /** Messages of any kind that were written to clients. */
  messagesOut: number;
  bytesOut: number;
  slowClientsClosed: number;
};

export const createTraffic = (): Traffic => ({
  connections: 0,
  delivered: 0,
  messagesIn: 0,
  bytesIn: 0,
  messagesOut: 0,
  bytesOut: 0,
  slowClientsClosed: 0,
});

/** Adds numbers of the same names. @param sum zeros, which it adds to */
export function addUp<T extends Record<string, number>>(sum: T, all: Iterable<T>): T {
  for (const one of all) {
    for (const name of Object.keys(sum) as (keyof T)[]) sum[name] = ((sum[name] ?? 0) + (one[name] ?? 0)) as T[keyof T];
  }
  return sum;
}
