import { channelInfo, parseInfo } from "../channel-info";
import { checkDataSize, checkPublishRate } from "../check-event-limits";
import { eventSchemas, parseBody, parseQuery } from "../event-schema";
import { publishEvent } from "../publish";
import { ok, type Reply } from "../reply";
import type { ApiRequest } from "../route";

/** `POST /apps/:id/events` */
export async function triggerEvent({ app, body, query, context }: ApiRequest): Promise<Reply> {
  const schema = eventSchemas(app.limits).event;
  const { input, refusal } = body.length === 0 ? parseQuery(schema, query) : parseBody(schema, body);
  if (refusal !== undefined) return refusal;
  const tooMuch = checkDataSize(input.data, app) ?? checkPublishRate(context.hub, app, input.channels.length);
  if (tooMuch !== undefined) return tooMuch;

  await Promise.all(input.channels.map((channel) => publishEvent(context, app, channel, input)));

  const info = parseInfo(input.info);
  if (info.size === 0) return ok();
  const channels = await Promise.all(input.channels.map((name) => context.hub.cluster.getChannel(app.id, name)));
  return ok({ channels: Object.fromEntries(channels.map((channel) => [channel.name, channelInfo(channel, info)])) });
}
