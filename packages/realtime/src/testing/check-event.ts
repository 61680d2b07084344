import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { ChannelDocs } from "../channel-docs";

/**
 * Checks a published event against what the AsyncAPI document says of its channel: the event is there, with every field and none beside them.
 * @throws Error that says what the document does not
 */
export function checkEvent(docs: readonly ChannelDocs[], channel: string, name: string, data: unknown): void {
  const described = docs.filter(({ pattern }) => {
    const [before = "", after] = pattern.split("{id}");
    return after === undefined ? channel === pattern : channel.startsWith(before) && channel.length > before.length;
  });
  const found = described.flatMap(({ events = [], clientEvents = [] }) => [...events, ...clientEvents]);
  const event = found.find((one) => one.name === name);
  if (!event) throw new Error(`${name} on ${channel} is not documented`);
  // What goes over the wire: a field without a value is not there.
  const sent: unknown = JSON.parse(typeof data === "string" ? data : JSON.stringify(data));
  const parsed = event.payload.safeParse(sent);
  if (!parsed.success) throw new Error(`${name} on ${channel}: ${z.prettifyError(parsed.error)}`);
  if (!isDeepStrictEqual(parsed.data, sent))
    throw new Error(`${name} on ${channel} has fields that are not documented: ${JSON.stringify(sent)}`);
}
