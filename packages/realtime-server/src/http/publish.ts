import type { App } from "../apps";
import type { MaybePromise } from "../cluster/cluster";
import type { ServerContext } from "../context";
import { isCacheChannel } from "../protocol/channel-name";
import { eventFrame } from "../protocol/frames";

export type PublishedEvent = { name: string; data: string; socket_id?: string | undefined };

/**
 * Publishes an event on a channel, or to the sockets of a user. Resolves when an event that is published later, in any
 * process, arrives later.
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
    publishedAt: performance.now(),
    cachedData: isCacheChannel(channel) ? event.data : undefined,
  });
}
