import { channelKind, userOfChannel } from "../protocol/channel-name";
import type { PresenceMember } from "../protocol/frames";
import type { CachedEvent, ChannelState, Cluster, ClusterReceiver, LastEvent } from "./cluster";
import { createDebouncedTransitions, type DebouncedTransitions } from "./debounced-transitions";
import { lastEventOf } from "./last-event";
import { CACHE_MISS_SUPPRESSION_MS, createTtlSet, type TtlSet } from "./ttl-set";

/** Lifetime of the last event of a cache channel (documentation: 30 minutes). */
export const LAST_EVENT_TTL_MS = 30 * 60_000;

/** The state of one app in a cluster of one process. */
type AppState = {
  members: Map<string, Map<string, PresenceMember>>;
  counts: Map<string, number>;
  cache: Map<string, LastEvent & { expiresAt: number }>;
  recentMisses: TtlSet;
  occupancy: DebouncedTransitions;
  /** By `channel user`: a channel's name has no space. */
  presence: DebouncedTransitions;
};

const NO_MEMBERS: ReadonlyMap<string, PresenceMember> = new Map();

/** Creates a cluster of one process: every call is done when it returns. */
export function createLocalCluster(webhookDelayMs?: number): Cluster {
  const apps = new Map<string, AppState>();
  let receiver: ClusterReceiver;

  function stateOf(appId: string): AppState {
    const known = apps.get(appId);
    if (known !== undefined) return known;
    const state: AppState = {
      members: new Map(),
      counts: new Map(),
      cache: new Map(),
      recentMisses: createTtlSet(CACHE_MISS_SUPPRESSION_MS),
      occupancy: createDebouncedTransitions(
        {
          onStart: (channel) => receiver.raiseWebhook(appId, { name: "channel_occupied", channel }),
          onEnd: (channel) => receiver.raiseWebhook(appId, { name: "channel_vacated", channel }),
        },
        webhookDelayMs,
      ),
      presence: createDebouncedTransitions(
        {
          onStart: (name) => receiver.raiseWebhook(appId, { name: "member_added", ...splitName(name) }),
          onEnd: (name) => receiver.raiseWebhook(appId, { name: "member_removed", ...splitName(name) }),
        },
        webhookDelayMs,
      ),
    };
    apps.set(appId, state);
    return state;
  }

  const stateOfChannel = (state: AppState, name: string): ChannelState => ({
    name,
    subscriptionCount: state.counts.get(name) ?? 0,
    userCount: channelKind(name) === "presence" ? (state.members.get(name)?.size ?? 0) : 0,
  });

  function remember(appId: string, channel: string, event: LastEvent): void {
    const { cache, recentMisses } = stateOf(appId);
    recentMisses.delete(channel);
    deleteExpired(cache);
    cache.delete(channel);
    cache.set(channel, { ...event, expiresAt: performance.now() + LAST_EVENT_TTL_MS });
  }

  return {
    attach(next) {
      receiver = next;
    },
    start: () => Promise.resolve(),
    stop() {
      for (const state of apps.values()) {
        state.occupancy.stop();
        state.presence.stop();
      }
      return Promise.resolve();
    },
    listen: () => undefined,
    unlisten: () => undefined,
    publish(appId, topic, message) {
      const cached = lastEventOf(message);
      if (cached !== undefined) remember(appId, topic, cached);
      receiver.onMessage(appId, topic, message);
    },
    waitForDelivery: () => undefined,
    join(appId, topic, member, limit) {
      const state = stateOf(appId);
      const members = state.members.get(topic) ?? new Map<string, PresenceMember>();
      if (members.has(member.userId)) return true;
      if (members.size >= limit) return false;
      members.set(member.userId, member);
      state.members.set(topic, members);
      receiver.onMemberAdded(appId, topic, member);
      if (hasMemberWebhooks(topic)) state.presence.start(`${topic} ${member.userId}`);
      return true;
    },
    leave(appId, topic, userId) {
      const state = stateOf(appId);
      const members = state.members.get(topic);
      if (!members?.delete(userId)) return;
      if (members.size === 0) state.members.delete(topic);
      receiver.onMemberRemoved(appId, topic, userId);
      if (hasMemberWebhooks(topic)) state.presence.end(`${topic} ${userId}`);
    },
    knownMembers: (appId, topic) => stateOf(appId).members.get(topic) ?? NO_MEMBERS,
    setSubscriptionCount(appId, channel, subscriptions) {
      const state = stateOf(appId);
      if (subscriptions === 0) state.counts.delete(channel);
      else state.counts.set(channel, subscriptions);
      receiver.onSubscriptionCount(appId, channel, subscriptions, true);
      if (subscriptions === 0) state.occupancy.end(channel);
      else state.occupancy.start(channel);
    },
    getChannel: (appId, name) => stateOfChannel(stateOf(appId), name),
    listChannels(appId, prefix) {
      const state = stateOf(appId);
      const names = [...state.counts.keys()].filter((name) => name.startsWith(prefix));
      return names.map((name) => stateOfChannel(state, name));
    },
    listMembers: (appId, channel) => [...(stateOf(appId).members.get(channel)?.values() ?? [])],
    setLastEvent: remember,
    getLastEvent(appId, channel): CachedEvent | undefined {
      const cached = stateOf(appId).cache.get(channel);
      const remainingMs = cached === undefined ? 0 : cached.expiresAt - performance.now();
      if (cached === undefined || remainingMs <= 0) return undefined;
      return { json: cached.json, data: cached.data, ttlSeconds: Math.ceil(remainingMs / 1_000) };
    },
    bindSocket: (appId, socketId, binding) => receiver.bindSocket(appId, socketId, binding),
    claimCacheMiss: (appId, channel) => stateOf(appId).recentMisses.addIfAbsent(channel),
    listReports(appId) {
      const report = new Map(receiver.collectReports()).get(appId);
      return report === undefined ? [] : [report];
    },
  };
}

/** Presence channels have webhooks for their members; the topic of a signed-in user has none. */
const hasMemberWebhooks = (topic: string): boolean => userOfChannel(topic) === undefined;

function splitName(name: string): { channel: string; user_id: string } {
  const space = name.indexOf(" ");
  return { channel: name.slice(0, space), user_id: name.slice(space + 1) };
}

/** Deletes expired events: insertion order is time order, so they come first. */
function deleteExpired(cache: Map<string, { expiresAt: number }>): void {
  const now = performance.now();
  for (const [channel, { expiresAt }] of cache) {
    if (expiresAt > now) return;
    cache.delete(channel);
  }
}
