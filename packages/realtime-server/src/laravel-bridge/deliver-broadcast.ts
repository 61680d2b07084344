import type { ServerContext } from "../context";
import { isCacheChannel } from "../protocol/channel-name";
import { eventFrame } from "../protocol/frames";
import { isJsonLongerThan } from "../protocol/json-text";
import type { Broadcast } from "./broadcast";

/** Sends a broadcast to the subscribers in this process; the other processes receive it themselves. */
export function deliverBroadcast(
  { hub, apps, logger }: Pick<ServerContext, "hub" | "apps" | "logger">,
  appId: string,
  { channel, event, data, exceptSocketId }: Broadcast,
): void {
  const app = apps.byId(appId);
  if (app === undefined || !app.enabled) return;
  if (isJsonLongerThan(data, app.limits.maxEventBytes) || event.length > app.limits.maxEventNameLength) {
    logger.warn({ appId, channel, event: event.slice(0, 200) }, "a broadcast of Laravel is larger than the app allows");
    return;
  }
  const frame = eventFrame({ event, channel, data });
  if (isCacheChannel(channel)) hub.cluster.setLastEvent(app.id, channel, { json: frame.payload.toString(), data });
  hub.deliver(app, channel, frame, { exceptSocketId, publishedAt: performance.now() });
}
