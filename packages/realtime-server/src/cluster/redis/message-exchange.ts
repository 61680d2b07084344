import type { TopicMessage } from "../cluster";
import { lastEventOf } from "../last-event";
import type { RedisContext } from "./context";
import type { InFlight, LocalMessage } from "./in-flight";
import type { LastEvents } from "./last-events";
import { mapInBatches } from "./map-in-batches";
import type { RedisConnectionPair } from "./redis-connection-pair";
import type { RemoteBindings } from "./remote-bindings";
import type { Topic, Topics } from "./topics";
import { decodeMessage, encodeMarker, encodeMessage } from "./wire";

/** Publishes messages on topics, and passes on those that arrive. */
export type MessageExchange = {
  /** As `Cluster.publish`. */
  publish(appId: string, name: string, message: TopicMessage): Promise<void>;
  /** As `Cluster.waitForDelivery`. */
  waitForDelivery(appId?: string, name?: string): Promise<void>;
  /** Acts on bytes that arrived on a pub/sub channel. */
  receive(channel: string, bytes: Buffer): void;
  /** Subscribes again to topics whose slots have other nodes now: between two nodes no replica receives a topic. */
  resubscribeMoved(redis: RedisConnectionPair, hasMoved: (channel: string) => boolean): Promise<void>;
  /** Delivers here what was in flight when Redis was lost. */
  deliverInFlight(): void;
};

type Parts = { topics: Topics; inFlight: InFlight; lastEvents: LastEvents; bindings: RemoteBindings };

export function createMessageExchange(context: RedisContext, parts: Parts): MessageExchange {
  const { keys, processId } = context;
  const { topics, inFlight, lastEvents, bindings } = parts;
  /** Calls of `waitForDelivery` by the number of the marker that they wait for. */
  const markerWaits = new Map<number, () => void>();

  const deliver = (messages: readonly LocalMessage[]): void => {
    for (const { appId, topic, message } of messages) context.receiver.onMessage(appId, topic, message);
  };

  /** False for a topic without local subscribers: it may be unsubscribed before a message returns. */
  const willReturn = (topic: Topic | undefined): topic is Topic =>
    topic?.isSubscribed === true && topic.idleSince === undefined;

  function receive(channel: string, bytes: Buffer): void {
    const topic = topics.getByChannel(channel);
    const message = topic && decodeMessage(bytes);
    if (message === undefined || topic === undefined) return;
    switch (message.kind) {
      case "event":
      case "terminate":
        if (message.processId === processId) deliver(inFlight.take(channel, message.number));
        else context.receiver.onMessage(topic.appId, topic.name, message);
        break;
      case "marker":
        if (message.processId !== processId) break;
        deliver(inFlight.takeBefore(channel, message.number));
        markerWaits.get(message.number)?.();
        break;
      case "total":
        topics.updateTotal(topic, message.total, message.version, message.replica === context.replica);
        break;
      case "bind":
      case "answer":
        bindings.receive(message);
        break;
      case "member":
        if (topic.presence?.apply(message, context.isInGracePeriod) === false) reload(topic);
    }
  }

  function reload(topic: Topic): void {
    const { redis } = context;
    if (redis === undefined) topic.presence?.suspend();
    else topics.load(topic, redis).catch(() => undefined);
  }

  async function publish(appId: string, name: string, message: TopicMessage): Promise<void> {
    const channel = keys.topic(appId, name);
    const lastEvent = lastEventOf(message);
    const { redis } = context;
    if (redis === undefined) {
      if (lastEvent !== undefined) lastEvents.set(appId, name, lastEvent);
      context.receiver.onMessage(appId, name, message);
      // The other replicas may receive it although this one is still recovering.
      context.recovering?.publish(channel, encodeMessage(processId, 0, message)).catch(() => undefined);
      return;
    }
    const isAwaited = willReturn(topics.get(appId, name));
    const number = isAwaited ? inFlight.add(channel, { appId, topic: name, message }, redis.watch()) : 0;
    const bytes = encodeMessage(processId, number, message);
    try {
      if (lastEvent === undefined) {
        await redis.publish(channel, bytes);
        return;
      }
      const receivers = await lastEvents.publish(redis, appId, name, lastEvent, bytes);
      // While a slot migrates, a script that misses its key runs at the importing node, where no replica is subscribed yet,
      // this one included. A command without a key goes to the node that has the slot.
      if (receivers === 0 && number > 0 && redis.isShardedCluster) await redis.publish(channel, bytes);
    } catch {
      // The connection pair has failed, and `deliverInFlight` has delivered here what was in flight.
    }
  }

  async function waitForDelivery(appId?: string, name?: string): Promise<void> {
    const { redis } = context;
    if (redis === undefined) return;
    const asked = appId === undefined || name === undefined ? [...topics.all()] : [topics.get(appId, name)];
    const returned = asked.filter(willReturn).map(
      (topic) =>
        new Promise<void>((resolve) => {
          const number = inFlight.nextMarker();
          const stopWatching = redis.watch();
          markerWaits.set(number, () => {
            markerWaits.delete(number);
            stopWatching();
            resolve();
          });
          redis.publish(topic.channel, encodeMarker(processId, number)).catch(() => undefined);
        }),
    );
    await Promise.all(returned);
  }

  return {
    publish,
    waitForDelivery,
    receive,
    async resubscribeMoved(redis, hasMoved) {
      const moved = [...topics.all()].filter(({ channel }) => hasMoved(channel));
      try {
        await mapInBatches(moved, async (topic) => {
          await topics.resubscribe(topic, redis);
          // Delivers here what this process has published meanwhile.
          if (context.redis === redis) await waitForDelivery(topic.appId, topic.name);
        });
      } catch {
        // The connection pair has failed; the next one subscribes to everything.
      }
    },
    deliverInFlight() {
      deliver(inFlight.takeAll());
      for (const resolve of markerWaits.values()) resolve();
      markerWaits.clear();
    },
  };
}
