import type { Portal } from "@mgs/core/portals";
import type { Scope } from "@mgs/core/scopes";
import type { Module } from "@mgs/module/module";
import type { ChannelDocs, EventDocs } from "@mgs/realtime/channel-docs";
import { z } from "zod";
import { simplifySchema } from "../openapi/simplify-schema";
import { asyncApiInfo, asyncApiServers, securitySchemeOf } from "./asyncapi-head";

type Json = Readonly<Record<string, unknown>>;

/** The channels of one pattern, with all that modules say of it. */
export type DescribedChannel = {
  pattern: string;
  summary: string;
  parameter: string | undefined;
  /** Scopes of which a token needs one; none where no authorization is needed. */
  scopes: readonly Scope[];
  events: readonly EventDocs[];
  clientEvents: readonly EventDocs[];
};

/**
 * Joins the rules of all modules' channels to what the modules say of them.
 * @throws Error for a rule without a description, a description without a rule, and client events that the rule does not allow
 */
export async function describeChannels(modules: readonly Module[]): Promise<DescribedChannel[]> {
  const rules = modules.flatMap(({ channels = [] }) => channels);
  const docs = (await Promise.all(modules.map(async ({ asyncApi }) => (await asyncApi?.()) ?? []))).flat();
  const patterns = new Set([...rules, ...docs].map(({ pattern }) => pattern));
  return [...patterns].map((pattern) => {
    const own = rules.filter((rule) => rule.pattern === pattern);
    const described = docs.filter((one) => one.pattern === pattern);
    const [first, ...others] = described.filter((one): one is ChannelDocs & { summary: string } => !!one.summary);
    if (!first || others.length > 0)
      throw new Error(`${pattern} is described ${others.length + (first ? 1 : 0)} times`);
    const needsRule = /^(private|presence)-/.test(pattern);
    if (needsRule !== own.length > 0) throw new Error(`${pattern} has ${own.length} rules`);
    const clientEvents = described.flatMap((one) => one.clientEvents ?? []);
    const carriesClientEvents = own.some((rule) => rule.clientEvents);
    if (carriesClientEvents !== clientEvents.length > 0)
      throw new Error(`${pattern}: client events are ${carriesClientEvents ? "allowed and not described" : "refused"}`);
    return {
      pattern,
      summary: first.summary,
      parameter: first.parameter,
      scopes: [...new Set(own.map(({ scope }) => scope))],
      events: described.flatMap(({ events = [] }) => events),
      clientEvents,
    };
  });
}

/**
 * The AsyncAPI document of what portals with these modules publish.
 * @param portal one portal alone, which authorizes the channels. Default: all
 * @throws Error for a channel that is not described
 */
export async function createAsyncApiDocument(modules: readonly Module[], portal?: Portal) {
  const channels = await describeChannels(modules);
  const components = { schemas: {} as Record<string, unknown> };
  const scopes = [...new Set(channels.flatMap((channel) => channel.scopes))];
  return {
    asyncapi: "3.0.0",
    info: asyncApiInfo(portal),
    defaultContentType: "application/json",
    servers: asyncApiServers,
    channels: Object.fromEntries(
      channels.map((channel) => [idOf(channel.pattern), channelObject(channel, components.schemas)]),
    ),
    operations: Object.fromEntries(channels.flatMap(operationsOf)),
    components: {
      schemas: components.schemas,
      securitySchemes: Object.fromEntries(scopes.map((scope) => [schemeName(scope), securitySchemeOf(scope)])),
    },
  };
}

/** A name for what AsyncAPI calls by keys, which have no other characters than these. */
const idOf = (name: string): string =>
  name
    .replaceAll("{id}", "id")
    .replace(/.*\\/, "")
    .replace(/[^\w.-]/g, "_");

const schemeName = (scope: Scope): string => scope.replace(":", "-");

function channelObject(channel: DescribedChannel, schemas: Record<string, unknown>): Json {
  const { pattern, summary, parameter, scopes, events, clientEvents } = channel;
  return {
    address: pattern,
    summary,
    ...(pattern.includes("{id}") ? { parameters: { id: { description: parameter ?? "Its id" } } } : {}),
    messages: Object.fromEntries(
      [...events, ...clientEvents].map((event) => [idOf(event.name), messageObject(event, schemas)]),
    ),
    ...(scopes.length > 0 ? { "x-scopes": scopes } : {}),
  };
}

function messageObject({ name, summary, payload }: EventDocs, schemas: Record<string, unknown>): Json {
  return { name, title: name, summary, contentType: "application/json", payload: payloadOf(payload, schemas) };
}

/** A schema as AsyncAPI has it, which is JSON Schema draft 7. Those with a name stand among the components, once. */
function payloadOf(schema: z.ZodType, schemas: Record<string, unknown>): unknown {
  const {
    $schema: _,
    definitions,
    ...own
  } = z.toJSONSchema(schema, {
    target: "draft-7",
    io: "output",
    override: ({ jsonSchema, zodSchema }) =>
      simplifySchema({ jsonSchema: jsonSchema as never, zodSchema: zodSchema as never, io: "output" } as never),
  });
  const toComponents = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/definitions/', '"#/components/schemas/'));
  for (const [name, one] of Object.entries(definitions ?? {})) schemas[name] = withoutId(toComponents(one));
  const id = schema.meta()?.id;
  if (id === undefined) return toComponents(own);
  schemas[id] = withoutId(toComponents(own));
  return { $ref: `#/components/schemas/${id}` };
}

/** The name of a schema is its key. */
function withoutId(schema: unknown): unknown {
  const { id: _, $id: _own, ...rest } = schema as Json;
  return rest;
}

/** What our processes send on a channel, and what they pass on from one member to the others. */
function operationsOf(channel: DescribedChannel): [string, Json][] {
  const id = idOf(channel.pattern);
  const operation = (action: "send" | "receive", events: readonly EventDocs[]): Json => ({
    action,
    channel: { $ref: `#/channels/${id}` },
    summary: channel.summary,
    messages: events.map(({ name }) => ({ $ref: `#/channels/${id}/messages/${idOf(name)}` })),
    ...(channel.scopes.length > 0
      ? { security: channel.scopes.map((scope) => ({ $ref: `#/components/securitySchemes/${schemeName(scope)}` })) }
      : {}),
  });
  return [
    ...(channel.events.length > 0 ? [[`send.${id}`, operation("send", channel.events)] as [string, Json]] : []),
    ...(channel.clientEvents.length > 0
      ? [[`receive.${id}`, operation("receive", channel.clientEvents)] as [string, Json]]
      : []),
  ];
}
