import { channelInfo, parseInfo } from "../channel-info";
import { eventSchemas, parseBody, refusalOfData } from "../event-schema";
import { publishEvent } from "../publish";
import { ok, type Reply } from "../reply";
import type { ApiRequest } from "../route";

/** `POST /apps/:id/events` */
export async function triggerEvent({ app, body, context }: ApiRequest): Promise<Reply> {
  const { input, refusal } = parseBody(eventSchemas(app.limits).event, body);
  if (refusal !== undefined) return refusal;
  const tooLarge = refusalOfData(input.data, app.limits);
  if (tooLarge !== undefined) return tooLarge;

  await Promise.all(input.channels.map((channel) => publishEvent(context, app, channel, input)));

  const info = parseInfo(input.info);
  if (info.size === 0) return ok();
  const channels = await Promise.all(input.channels.map((name) => context.hub.cluster.channel(app.id, name)));
  return ok({ channels: Object.fromEntries(channels.map((channel) => [channel.name, channelInfo(channel, info)])) });
}
