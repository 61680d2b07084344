import type { LastEvent, TopicMessage } from "./cluster";

/** The last event that a message makes of its cache channel; undefined for other messages. */
export const lastEventOf = (message: TopicMessage): LastEvent | undefined =>
  message.kind === "event" && message.cachedData !== undefined
    ? { json: message.frame.payload.toString(), data: message.cachedData }
    : undefined;
