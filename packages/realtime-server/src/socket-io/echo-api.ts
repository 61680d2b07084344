import type { IncomingMessage } from "node:http";
import { safeEqual } from "@mgs/core/crypto";
import { z } from "zod";
import type { App } from "../apps";
import type { ServerContext } from "../context";
import { readBody } from "../http/body";
import { checkDataSize, checkPublishRate } from "../http/check-event-limits";
import { publishEvent } from "../http/publish";
import { ok, type Reply } from "../http/reply";
import { isSocketId } from "../hub/socket-id";
import { channelKind, isChannelName } from "../protocol/channel-name";
import { parseShallowJson } from "../protocol/client-message";

/** A request below `/apps/:id`. */
type EchoRequest = { app: App; method: string; path: string; query: URLSearchParams; body: Buffer };

const APP_PATH = /^\/apps\/(?<id>[^/]+)(?<path>\/.*)$/;

const problem = (status: number, error: string): Reply => ({ status, body: { error } });

/**
 * Answers as the HTTP API of laravel-echo-server 1.6 does, for the whole cluster. Its requests have the bare key (`auth_key`, or
 * `Authorization: Bearer`), where those of Pusher's libraries have a signature.
 * @returns undefined for a request of another kind, which is not read then
 */
export async function answerEchoRequest(
  request: IncomingMessage,
  url: URL,
  context: ServerContext,
): Promise<Reply | undefined> {
  const { echoHttp } = context;
  const { authorization } = request.headers;
  const query = url.searchParams;
  const { id, path = "" } = APP_PATH.exec(url.pathname)?.groups ?? {};
  if (echoHttp === undefined || id !== encodeURIComponent(echoHttp.appId) || query.has("auth_signature")) {
    return undefined;
  }
  const key = /^bearer (?<key>\S+)\s*$/i.exec(authorization ?? "")?.groups?.key ?? query.get("auth_key");
  if (key === null) return undefined;
  if (!safeEqual(key, echoHttp.key)) return problem(403, "Unauthorized");
  const app = context.apps.byId(echoHttp.appId);
  if (app === undefined || !app.enabled) return problem(403, "Application disabled");
  const { body } = await readBody(request, context.limits.maxHttpBodyBytes);
  if (body === undefined) return problem(413, `The body exceeds ${context.limits.maxHttpBodyBytes} bytes`);
  return answer({ app, method: request.method ?? "", path, query, body }, context);
}

function answer(request: EchoRequest, context: ServerContext): Promise<Reply> | Reply {
  const { app, method, path } = request;
  if (method === "POST" && path === "/events") return publish(request, context);
  if (method !== "GET") return problem(405, "Method not allowed");
  if (path === "/status") return status(app, context);
  if (path === "/channels") return listChannels(request, context);
  const { channel: encoded, users } = /^\/channels\/(?<channel>[^/]+)(?<users>\/users)?$/.exec(path)?.groups ?? {};
  if (encoded === undefined) return problem(404, "Not found");
  const channel = decode(encoded);
  if (channel === undefined || !isChannelName(channel)) return problem(400, "Invalid channel name");
  return users === undefined ? showChannel(app, channel, context) : listUsers(app, channel, context);
}

const eventSchema = z.object({
  name: z.string().min(1),
  data: z.unknown().refine((data) => data !== undefined && data !== null),
  channel: z.string().optional(),
  channels: z.array(z.string()).optional(),
  socket_id: z.string().nullish(),
});

async function publish({ app, body }: EchoRequest, context: ServerContext): Promise<Reply> {
  const input = eventSchema.safeParse(parseShallowJson(body.toString())).data;
  const channels = [...new Set(input?.channels ?? (input?.channel === undefined ? [] : [input.channel]))];
  if (input === undefined || channels.length === 0) {
    return problem(400, "Event must include channel, event name and data");
  }
  const { name, socket_id } = input;
  if (!channels.every(isChannelName)) return problem(400, "Invalid channel name");
  if (channels.length > app.limits.maxChannelsPerEvent) return problem(400, "Too many channels");
  if (name.length > app.limits.maxEventNameLength) return problem(400, "The event name is too long");
  if (socket_id && !isSocketId(socket_id)) return problem(400, "socket_id is no socket id");
  const data = typeof input.data === "string" ? input.data : JSON.stringify(input.data);
  const tooMuch = checkDataSize(data, app) ?? checkPublishRate(context.hub, app, channels.length);
  if (tooMuch !== undefined) return { ...tooMuch, body: { error: String(tooMuch.body) } };
  const event = { name, data, socket_id: socket_id || undefined };
  await Promise.all(channels.map((channel) => publishEvent(context, app, channel, event)));
  return ok({ message: "ok" });
}

/** `subscription_count` is the number of connections, as it is there; memory and time are those of this process. */
async function status(app: App, { hub }: ServerContext): Promise<Reply> {
  const reports = await hub.reports(app);
  const clients = reports.map(({ connections }) => (typeof connections === "number" ? connections : 0));
  return ok({
    subscription_count: clients.reduce((sum, count) => sum + count, 0),
    uptime: process.uptime(),
    memory_usage: process.memoryUsage(),
  });
}

async function listChannels({ app, query }: EchoRequest, { hub }: ServerContext): Promise<Reply> {
  const channels = await hub.cluster.listChannels(app.id, query.get("filter_by_prefix") ?? "");
  const entries = channels.map(({ name, subscriptionCount }) => [
    name,
    { subscription_count: subscriptionCount, occupied: true },
  ]);
  return ok({ channels: Object.fromEntries(entries) });
}

async function showChannel(app: App, name: string, { hub }: ServerContext): Promise<Reply> {
  const { subscriptionCount, userCount } = await hub.cluster.getChannel(app.id, name);
  return ok({
    subscription_count: subscriptionCount,
    occupied: subscriptionCount > 0,
    ...(channelKind(name) === "presence" ? { user_count: userCount } : {}),
  });
}

async function listUsers(app: App, name: string, { hub }: ServerContext): Promise<Reply> {
  if (channelKind(name) !== "presence") return problem(400, "User list is only possible for Presence Channels");
  const members = await hub.cluster.listMembers(app.id, name);
  return ok({
    users: members.map(({ userId, info }) => ({ id: userId, user_info: info === undefined ? null : JSON.parse(info) })),
  });
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
