import { channelKind, isCacheChannel, isChannelName } from "../../protocol/channel-name";
import { channelInfo, parseInfo } from "../channel-info";
import { ok, problem, type Reply } from "../reply";
import type { ApiRequest } from "../route";

/** `GET /apps/:id/channels/:name` */
export async function showChannel({ app, params, query, context }: ApiRequest): Promise<Reply> {
  const name = params.channel ?? "";
  if (!isChannelName(name)) return problem(400, "Invalid channel name");
  const info = parseInfo(query.get("info"));
  if (info.has("user_count") && channelKind(name) !== "presence") {
    return problem(400, "user_count may only be requested for presence channels");
  }
  if (info.has("cache") && !isCacheChannel(name)) {
    return problem(400, "cache may only be requested for cache channels");
  }
  const channel = await context.hub.cluster.getChannel(app.id, name);
  const cached = info.has("cache") && (await context.hub.cluster.getLastEvent(app.id, name));
  return ok({
    occupied: channel.subscriptionCount > 0,
    ...channelInfo(channel, info),
    ...(cached ? { cache: { data: cached.data, ttl: cached.ttlSeconds } } : {}),
  });
}
