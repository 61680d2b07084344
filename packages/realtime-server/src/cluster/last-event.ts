import type { LastEvent, TopicMessage } from "./cluster";

/** What a cache channel keeps of a message; undefined for what it does not keep, and on other channels. */
export const lastEventOf = (message: TopicMessage): LastEvent | undefined =>
  message.kind === "event" && message.cachedData !== undefined
    ? { json: message.frame.payload.toString(), data: message.cachedData }
    : undefined;
