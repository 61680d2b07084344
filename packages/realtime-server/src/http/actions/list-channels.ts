import { channelInfo, parseInfo } from "../channel-info";
import { ok, problem, type Reply } from "../reply";
import type { ApiRequest } from "../route";

/** `GET /apps/:id/channels` */
export async function listChannels({ app, query, context }: ApiRequest): Promise<Reply> {
  const prefix = query.get("filter_by_prefix") ?? "";
  const info = parseInfo(query.get("info"));
  if (info.has("user_count") && !prefix.startsWith("presence-")) {
    return problem(400, "user_count may only be requested for presence channels: set filter_by_prefix=presence-");
  }
  const channels = await context.hub.cluster.listChannels(app.id, prefix);
  return ok({ channels: Object.fromEntries(channels.map((channel) => [channel.name, channelInfo(channel, info)])) });
}
