import { channelInfo, parseInfo } from "../channel-info";
import { eventSchemas, parseBody, refusalOfData } from "../event-schema";
import { publishEvent } from "../publish";
import { ok, type Reply } from "../reply";
import type { ApiRequest } from "../route";

/** `POST /apps/:id/events` */
export function triggerEvent({ app, body, context }: ApiRequest): Reply {
  const { input, refusal } = parseBody(eventSchemas(app.limits).event, body);
  if (refusal !== undefined) return refusal;
  const tooLarge = refusalOfData(input.data, app.limits);
  if (tooLarge !== undefined) return tooLarge;

  for (const channel of input.channels) publishEvent(context, app, channel, input);

  const info = parseInfo(input.info);
  if (info.size === 0) return ok();
  return ok({
    channels: Object.fromEntries(
      input.channels.map((name) => [name, channelInfo(context.hub.channel(app, name), info)]),
    ),
  });
}
