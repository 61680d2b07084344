import type { Schema } from "../openapi/read-document";

/** The parts of an AsyncAPI document that its page shows. */
type Message = { name: string; summary: string; payload: Schema };
type Channel = {
  address: string;
  summary: string;
  messages: Readonly<Record<string, Message>>;
  "x-scopes"?: readonly string[];
};
type Operation = { action: string; channel: { $ref: string }; messages: readonly { $ref: string }[] };

export type AsyncApiView = {
  channels?: Readonly<Record<string, Channel>>;
  operations?: Readonly<Record<string, Operation>>;
  components?: { schemas?: Readonly<Record<string, Schema>> };
};

export type ListedChannel = {
  id: string;
  address: string;
  summary: string;
  scopes: readonly string[];
  /** What our processes send. */
  events: readonly Message[];
  /** What its members tell each other. */
  clientEvents: readonly Message[];
};

/** Lists the channels of a document with their events, in the document's order. */
export function listChannels({ channels = {}, operations = {} }: AsyncApiView): ListedChannel[] {
  return Object.entries(channels).map(([id, channel]) => {
    const messagesOf = (action: string) =>
      Object.values(operations)
        .filter((operation) => operation.action === action && operation.channel.$ref === `#/channels/${id}`)
        .flatMap(({ messages }) => messages.flatMap(({ $ref }) => channel.messages[lastPart($ref)] ?? []));
    return {
      ...{ id, address: channel.address, summary: channel.summary, scopes: channel["x-scopes"] ?? [] },
      events: messagesOf("send"),
      clientEvents: messagesOf("receive"),
    };
  });
}

const lastPart = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);
