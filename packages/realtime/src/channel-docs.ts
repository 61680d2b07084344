import type { z } from "zod";

/**
 * What the AsyncAPI document says of channels beside what their rules tell. It stands in `channels.asyncapi.ts` beside what publishes the
 * events, which is loaded when somebody asks for the document: no request and no delivery pays for it.
 */

/** One event of a channel. */
export type EventDocs = {
  /** Its name on the wire. */
  name: string;
  summary: string;
  /** The schema of its data. */
  payload: z.ZodType;
};

/** The channels of one pattern, or further events of one that another module describes. */
export type ChannelDocs = {
  /** The pattern of its rule, or the name of a channel that needs no authorization. */
  pattern: string;
  /** Who hears what on it. The module that owns the channel says it, and no other. */
  summary?: string;
  /** What `{id}` is. */
  parameter?: string;
  /** What our processes publish. */
  events?: readonly EventDocs[];
  /** What members of a presence channel tell each other. */
  clientEvents?: readonly EventDocs[];
};
