import { channelKind, userOfChannel } from "../protocol/channel-name";
import type { PresenceMember } from "../protocol/frames";
import { type Claims, createClaims, MISS_MS } from "./claims";
import type { CachedEvent, ChannelState, Cluster, ClusterReceiver, LastEvent } from "./cluster";
import { createHeldReports, type HeldReports } from "./held-reports";
import { lastEventOf } from "./last-event";

/** How long the last event of a cache channel is kept (documentation: 30 minutes). */
export const CACHE_MS = 30 * 60_000;

/** Everything of one app in a cluster of one process. */
type AppState = {
  members: Map<string, Map<string, PresenceMember>>;
  counts: Map<string, number>;
  cache: Map<string, LastEvent & { expiresAt: number }>;
  misses: Claims;
  occupied: HeldReports;
  /** By `channel user`: a channel's name has no space. */
  present: HeldReports;
};

const NOBODY: ReadonlyMap<string, PresenceMember> = new Map();

/** A cluster of one process: every answer is there before the call returns. */
export function createLocalCluster(holdMs?: number): Cluster {
  const apps = new Map<string, AppState>();
  let receiver: ClusterReceiver;

  function stateOf(appId: string): AppState {
    const known = apps.get(appId);
    if (known !== undefined) return known;
    const state: AppState = {
      members: new Map(),
      counts: new Map(),
      cache: new Map(),
      misses: createClaims(MISS_MS),
      occupied: createHeldReports(
        {
          began: (channel) => receiver.raise(appId, { name: "channel_occupied", channel }),
          ended: (channel) => receiver.raise(appId, { name: "channel_vacated", channel }),
        },
        holdMs,
      ),
      present: createHeldReports(
        {
          began: (name) => receiver.raise(appId, { name: "member_added", ...splitName(name) }),
          ended: (name) => receiver.raise(appId, { name: "member_removed", ...splitName(name) }),
        },
        holdMs,
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
    const { cache, misses } = stateOf(appId);
    misses.release(channel);
    sweepCache(cache);
    cache.delete(channel);
    cache.set(channel, { ...event, expiresAt: performance.now() + CACHE_MS });
  }

  return {
    attach(next) {
      receiver = next;
    },
    start: () => Promise.resolve(),
    stop() {
      for (const state of apps.values()) {
        state.occupied.stop();
        state.present.stop();
      }
      return Promise.resolve();
    },
    listen: () => undefined,
    unlisten: () => undefined,
    publish(appId, topic, message) {
      const cached = lastEventOf(message);
      if (cached !== undefined) remember(appId, topic, cached);
      receiver.message(appId, topic, message);
    },
    settle: () => undefined,
    join(appId, topic, member, limit) {
      const state = stateOf(appId);
      const members = state.members.get(topic) ?? new Map<string, PresenceMember>();
      if (members.has(member.userId)) return true;
      if (members.size >= limit) return false;
      members.set(member.userId, member);
      state.members.set(topic, members);
      receiver.memberAdded(appId, topic, member);
      if (isReported(topic)) state.present.began(`${topic} ${member.userId}`);
      return true;
    },
    leave(appId, topic, userId) {
      const state = stateOf(appId);
      const members = state.members.get(topic);
      if (!members?.delete(userId)) return;
      if (members.size === 0) state.members.delete(topic);
      receiver.memberRemoved(appId, topic, userId);
      if (isReported(topic)) state.present.ended(`${topic} ${userId}`);
    },
    present: (appId, topic) => stateOf(appId).members.get(topic) ?? NOBODY,
    count(appId, channel, subscriptions) {
      const state = stateOf(appId);
      if (subscriptions === 0) state.counts.delete(channel);
      else state.counts.set(channel, subscriptions);
      receiver.counted(appId, channel, subscriptions, true);
      if (subscriptions === 0) state.occupied.ended(channel);
      else state.occupied.began(channel);
    },
    channel: (appId, name) => stateOfChannel(stateOf(appId), name),
    channels(appId, prefix) {
      const state = stateOf(appId);
      const names = [...state.counts.keys()].filter((name) => name.startsWith(prefix));
      return names.map((name) => stateOfChannel(state, name));
    },
    members: (appId, channel) => [...(stateOf(appId).members.get(channel)?.values() ?? [])],
    remember,
    recall(appId, channel): CachedEvent | undefined {
      const cached = stateOf(appId).cache.get(channel);
      const left = cached === undefined ? 0 : cached.expiresAt - performance.now();
      if (cached === undefined || left <= 0) return undefined;
      return { json: cached.json, data: cached.data, ttlSeconds: Math.ceil(left / 1_000) };
    },
    bind: (appId, socketId, binding) => receiver.bind(appId, socketId, binding),
    claimMiss: (appId, channel) => stateOf(appId).misses.claim(channel),
    reports(appId) {
      const report = new Map(receiver.report()).get(appId);
      return report === undefined ? [] : [report];
    },
  };
}

/** Webhooks tell of presence channels; that a user signed in is none of their events. */
const isReported = (topic: string): boolean => userOfChannel(topic) === undefined;

function splitName(name: string): { channel: string; user_id: string } {
  const space = name.indexOf(" ");
  return { channel: name.slice(0, space), user_id: name.slice(space + 1) };
}

/** Insertion order is time order, so the expired ones are the first. */
function sweepCache(cache: Map<string, { expiresAt: number }>): void {
  const now = performance.now();
  for (const [channel, { expiresAt }] of cache) {
    if (expiresAt > now) return;
    cache.delete(channel);
  }
}
