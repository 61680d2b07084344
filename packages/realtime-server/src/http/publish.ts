import type { App } from "../apps";
import type { ServerContext } from "../context";
import { userOfChannel } from "../protocol/channel-name";
import { eventFrame } from "../protocol/frames";

export type PublishedEvent = { name: string; data: string; socket_id?: string | null | undefined };

/** Sends a publisher's event to a channel, or to the sockets of the user that the channel's name stands for. */
export function publishEvent(
  { hub, logger }: Pick<ServerContext, "hub" | "logger">,
  app: App,
  channel: string,
  event: PublishedEvent,
): void {
  const frame = eventFrame({ event: event.name, channel, data: event.data });
  logger.info({ event: event.name, channel }, "published");
  const userId = userOfChannel(channel);
  const exceptSocketId = event.socket_id ?? undefined;
  if (userId === undefined) hub.publish(app, channel, frame, exceptSocketId);
  else hub.publishToUser(app, userId, frame, exceptSocketId);
}
