import type { App } from "../apps";
import type { MaybePromise } from "../cluster/cluster";
import type { ServerContext } from "../context";
import { isCacheChannel } from "../protocol/channel-name";
import { eventFrame } from "../protocol/frames";

export type PublishedEvent = { name: string; data: string; socket_id?: string | undefined };

/**
 * Sends a publisher's event to a channel, or to the sockets of the user that the channel's name stands for. Resolves
 * when what is published later, on whichever process, comes later.
 */
export function publishEvent(
  { hub, logger }: Pick<ServerContext, "hub" | "logger">,
  app: App,
  channel: string,
  event: PublishedEvent,
): MaybePromise<void> {
  const frame = eventFrame({ event: event.name, channel, data: event.data });
  logger.info({ appId: app.id, event: event.name, channel }, "published");
  return hub.publish(app, channel, frame, {
    exceptSocketId: event.socket_id,
    madeAt: performance.now(),
    cachedData: isCacheChannel(channel) ? event.data : undefined,
  });
}
