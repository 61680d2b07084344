/** The traffic of one app in this process since its start. */
export type Traffic = {
  /** Events for a channel or a user. */
  published: number;
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
  published: 0,
  delivered: 0,
  messagesIn: 0,
  bytesIn: 0,
  messagesOut: 0,
  bytesOut: 0,
  slowClientsClosed: 0,
});
