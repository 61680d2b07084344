import { channelKind } from "../../protocol/channel-name";
import type { ReplicaReport } from "../cluster";
import { changeTopic } from "./change-topic";
import type { RedisContext } from "./context";
import type { Dues } from "./dues";
import { inBatches } from "./in-batches";
import { HEARTBEAT } from "./scripts";
import type { Session } from "./session";
import type { Topics } from "./topics";

/** How long one replica may take to take another one's state away, in milliseconds. */
const REAPING_MS = 30_000;

/** The replicas of the cluster: each tells that it lives, and takes away what a dead one left. */
export type Replicas = {
  /** Enters this replica. @throws Error when the session ends */
  enter(session: Session): Promise<void>;
  /** Every replica whose state is in Redis. @throws Error when the session ends */
  all(session: Session): Promise<string[]>;
  /** @throws Error when the session ends */
  reports(appId: string, session: Session): Promise<ReplicaReport[]>;
  /**
   * Takes away what this process left under an earlier name. Commands of before may still be on their way, so the name
   * is known until it is silent for long enough to be taken away once more.
   */
  retire(replica: string, session: Session): Promise<void>;
  /** Takes this replica out of the cluster. */
  leave(session: Session): Promise<void>;
  stop(): void;
};

export function createReplicas(context: RedisContext, topics: Topics, dues: Dues): Replicas {
  const { keys, timings, logger } = context;
  let isBeating = false;
  const timer = setInterval(() => void beat(), timings.heartbeatMs);
  timer.unref();
  const reportTimer = setInterval(() => void tell(), timings.reportMs);
  reportTimer.unref();

  async function tell(): Promise<void> {
    const { session } = context;
    // Fails with its session only, and the next one reports again.
    if (session !== undefined) await report(session).catch(() => undefined);
  }

  async function beat(): Promise<void> {
    const { session } = context;
    if (session === undefined || isBeating) return;
    isBeating = true;
    try {
      const [, [since, ...silent]] = await Promise.all([session.ping(), heartbeat(session)]);
      if (since === -1 || since > timings.silenceMs) {
        session.fail(new Error("the other replicas took this one for dead"));
        return;
      }
      await topics.loadSome(session);
      for (const replica of silent) if (replica !== context.replica) await reap(replica, session);
    } catch {
      // The session has ended, which is told where that is noticed.
    } finally {
      isBeating = false;
    }
  }

  const heartbeat = (session: Session) =>
    session.runScript(HEARTBEAT, [keys.replicas], [context.replica, timings.silenceMs]) as Promise<
      [number, ...string[]]
    >;

  async function report(session: Session): Promise<void> {
    const reports = JSON.stringify(Object.fromEntries(context.receiver.report()));
    await session.run((client) => client.hset(keys.reports, context.replica, reports));
  }

  async function reap(replica: string, session: Session): Promise<void> {
    const lock = keys.reaping(replica);
    if ((await session.run((client) => client.set(lock, context.origin, "PX", REAPING_MS, "NX"))) === null) return;
    logger.warn({ replica }, "taking a silent replica's state away");
    for (const appId of await appsOf(replica, session)) {
      const names = await namesOf(replica, appId, session);
      await inBatches(names, (name) => takeFromDead(replica, appId, name, session));
      await session.run((client) => client.del(keys.registry(appId, replica)));
    }
    await forget(replica, session);
    await session.run((client) => client.del(lock));
  }

  const appsOf = (replica: string, session: Session) => session.run((client) => client.smembers(keys.apps(replica)));

  const namesOf = (replica: string, appId: string, session: Session) =>
    session.run((client) => client.hkeys(keys.registry(appId, replica)));

  const nothing = (replica: string, appId: string, name: string) =>
    ({ replica, appId, name, subscriptions: 0, isWhole: true, holdMs: timings.holdMs }) as const;

  async function takeAway(replica: string, appId: string, session: Session): Promise<string[]> {
    const names = await namesOf(replica, appId, session);
    await inBatches(names, (name) => changeTopic(context, dues, session, nothing(replica, appId, name)));
    return names;
  }

  /** The dead have told nobody how many are left, and no process whose change it was is there for the webhooks. */
  async function takeFromDead(replica: string, appId: string, name: string, session: Session): Promise<void> {
    const change = { ...nothing(replica, appId, name), isCountAnnounced: true };
    const { total } = await changeTopic(context, dues, session, change);
    await dues.holdUntold(session, timings.holdMs, appId, name);
    if (total === undefined || channelKind(name) === "presence") return;
    context.receiver.raise(appId, { name: "subscription_count", channel: name, subscription_count: total });
  }

  async function forget(replica: string, session: Session): Promise<void> {
    await session.run((client) => client.del(keys.apps(replica)));
    await session.run((client) => client.hdel(keys.reports, replica));
    await session.run((client) => client.zrem(keys.replicas, replica));
  }

  return {
    async enter(session) {
      await heartbeat(session);
      await report(session);
    },
    all: (session) => session.run((client) => client.zrange(keys.replicas, "0", "-1")),
    async reports(appId, session) {
      const all = await session.run((client) => client.hgetall(keys.reports));
      return Object.values(all).flatMap((text) => {
        const own = (JSON.parse(text) as Record<string, ReplicaReport>)[appId];
        return own === undefined ? [] : [own];
      });
    },
    async retire(replica, session) {
      await session.run((client) => client.hdel(keys.reports, replica));
      for (const appId of await appsOf(replica, session)) {
        const names = await takeAway(replica, appId, session);
        if (names.length === 0) continue;
        const none = names.flatMap((name) => [name, "0"]);
        await session.run((client) => client.hset(keys.registry(appId, replica), ...none));
      }
    },
    async leave(session) {
      for (const appId of await appsOf(context.replica, session)) {
        await takeAway(context.replica, appId, session);
        await session.run((client) => client.del(keys.registry(appId, context.replica)));
      }
      await forget(context.replica, session);
    },
    stop() {
      clearInterval(timer);
      clearInterval(reportTimer);
    },
  };
}
