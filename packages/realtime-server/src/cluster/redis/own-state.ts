import { setTimeout as delay } from "node:timers/promises";
import type { PresenceMember } from "../../protocol/frames";
import { type ChangedTopic, changeTopic, type TopicChange } from "./change-topic";
import type { RedisContext } from "./context";
import type { Dues } from "./dues";
import { inBatches } from "./in-batches";
import { encodeInfo } from "./mirror";
import type { Session } from "./session";
import type { Topics } from "./topics";

/** A user with a socket in this process. */
type OwnMember = {
  readonly userId: string;
  readonly info: string;
  /** Redis has heard of it, so webhooks have been told. */
  isTold: boolean;
};

/** What this process has of one topic, whatever Redis knows of it. */
type OwnTopic = {
  readonly appId: string;
  readonly name: string;
  subscriptions: number;
  /** Redis has heard of a subscription, so webhooks have been told that the channel is occupied. */
  isOccupancyTold: boolean;
  readonly members: Map<string, OwnMember>;
  /** Who left while Redis was away, of those it had heard of. */
  readonly departed: Set<string>;
  /** In the registry of this replica. */
  registration: Promise<void> | undefined;
  /** Changes that are not done with: until then the topic stays in the registry. */
  changing: number;
};

type OwnChange = Pick<TopicChange, "subscriptions" | "isWhole" | "limit" | "leaving"> & {
  entering?: readonly OwnMember[];
};

/** How long changes of subscription counts are gathered, in milliseconds. */
const GATHER_MS = 25;

/**
 * The subscriptions and members of this process, and their way into Redis. While Redis is away they only gather here;
 * `assertAll` tells them.
 */
export type OwnState = {
  get(appId: string, name: string): OwnTopic | undefined;
  of(appId: string): Iterable<OwnTopic>;
  /** @returns false when the topic is full; resolves when this process has told its clients of the member */
  join(appId: string, name: string, member: PresenceMember, limit: number): Promise<boolean>;
  joinAlone(appId: string, name: string, member: PresenceMember, limit: number): boolean;
  leave(appId: string, name: string, userId: string): void;
  count(appId: string, name: string, subscriptions: number): void;
  /** Redis may know nothing of this replica. */
  forgetTold(): void;
  hasUntold(): boolean;
  /** @throws Error when the session ends */
  assertUntold(session: Session): Promise<void>;
  /** Tells what is gathered. */
  flush(): Promise<void>;
};

export function createOwnState(context: RedisContext, topics: Topics, dues: Dues): OwnState {
  const { keys, timings } = context;
  const apps = new Map<string, Map<string, OwnTopic>>();
  /** Apps that Redis knows this replica has something of. */
  const toldApps = new Map<string, Promise<unknown>>();
  const untold = new Set<OwnTopic>();
  /** Topics whose number of subscriptions is to be told. */
  const counted = new Set<OwnTopic>();
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();

  function topicOf(appId: string, name: string): OwnTopic {
    let app = apps.get(appId);
    if (app === undefined) {
      app = new Map();
      apps.set(appId, app);
    }
    let own = app.get(name);
    if (own === undefined) {
      own = {
        appId,
        name,
        subscriptions: 0,
        isOccupancyTold: false,
        members: new Map(),
        departed: new Set(),
        registration: undefined,
        changing: 0,
      };
      app.set(name, own);
    }
    return own;
  }

  const isNeeded = (own: OwnTopic) => own.subscriptions > 0 || own.members.size > 0;

  function forget(own: OwnTopic): void {
    const app = apps.get(own.appId);
    app?.delete(own.name);
    if (app?.size === 0) apps.delete(own.appId);
  }

  /** What came and went while Redis was away is nothing to tell. */
  function forgetUnknown(own: OwnTopic): void {
    if (isNeeded(own) || own.isOccupancyTold || own.departed.size > 0) return;
    untold.delete(own);
    forget(own);
  }

  /** Whoever takes this replica's state away finds in the registry what there is: it comes first and goes last. */
  function register(own: OwnTopic, session: Session): Promise<void> {
    own.registration ??= (async () => {
      const { replica } = context;
      let app = toldApps.get(own.appId);
      if (app === undefined) {
        app = session.run((client) => client.sadd(keys.apps(replica), own.appId));
        toldApps.set(own.appId, app);
      }
      const registry = keys.registry(own.appId, replica);
      await Promise.all([app, session.run((client) => client.hset(registry, own.name, own.subscriptions))]);
    })();
    return own.registration;
  }

  async function unregister(own: OwnTopic, session: Session): Promise<void> {
    if (isNeeded(own) || counted.has(own) || untold.has(own) || own.registration === undefined) return;
    if (own.changing > 0) return;
    own.registration = undefined;
    forget(own);
    await session.run((client) => client.hdel(keys.registry(own.appId, context.replica), own.name));
  }

  async function change(own: OwnTopic, session: Session, what: OwnChange): Promise<ChangedTopic> {
    const { appId, name, isOccupancyTold } = own;
    // What ended while Redis was away may go on in another replica that has not told of it yet.
    const holdMs = what.isWhole ? timings.graceMs + timings.holdMs : timings.holdMs;
    const { replica } = context;
    own.changing += 1;
    const whole = { replica, appId, name, isOccupancyTold, holdMs, ...what };
    const changed = await changeTopic(context, dues, session, whole).finally(() => {
      own.changing -= 1;
    });
    if (changed.isFull) return changed;
    for (const member of what.entering ?? []) member.isTold = true;
    if (what.subscriptions !== undefined) own.isOccupancyTold = what.subscriptions > 0;
    // A topic that nobody here receives any more has no other news of the total.
    const isHeard = topics.get(appId, name)?.isSubscribed === true;
    if (changed.total !== undefined && !isHeard) context.receiver.counted(appId, name, changed.total, true);
    return changed;
  }

  async function flushCounts(): Promise<void> {
    const { session } = context;
    if (session === undefined) return;
    const all = [...counted];
    counted.clear();
    // Those of a later batch are told later: whoever leaves meanwhile must not end their registration.
    for (const own of all) own.changing += 1;
    try {
      await inBatches(all, (own) => register(own, session));
      const perApp = Map.groupBy(all, ({ appId }) => appId);
      const registrations = [...perApp].map(([appId, some]) => {
        const fields = some.flatMap((own) => [own.name, String(own.subscriptions)]);
        return session.run((client) => client.hset(keys.registry(appId, context.replica), ...fields));
      });
      const changes = inBatches(all, (own) => change(own, session, { subscriptions: own.subscriptions }));
      await Promise.all([...registrations, changes]);
    } catch {
      // The session has ended; the next one begins by telling everything.
      return;
    } finally {
      for (const own of all) own.changing -= 1;
    }
    await inBatches(all, (own) => unregister(own, session)).catch(() => undefined);
  }

  /** The first subscription of a channel and the end of the last are told at once, the others together. */
  function schedule(isUrgent: boolean): void {
    if (isUrgent) clearTimeout(timer);
    else if (timer !== undefined) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        flushing = flushing.then(flushCounts);
      },
      isUrgent ? 0 : GATHER_MS,
    );
  }

  return {
    get: (appId, name) => apps.get(appId)?.get(name),
    of: (appId) => apps.get(appId)?.values() ?? [],

    async join(appId, name, member, limit) {
      const own = topicOf(appId, name);
      const entry: OwnMember = { userId: member.userId, info: encodeInfo(member.info), isTold: false };
      own.members.set(entry.userId, entry);
      const { session } = context;
      try {
        if (session === undefined) throw new Error("Redis is away");
        await Promise.all([topics.get(appId, name)?.opening, register(own, session)]);
        if (own.members.get(entry.userId) !== entry) return true;
        const reply = await change(own, session, { limit, entering: [entry] });
        if (reply.isFull) {
          if (own.members.get(entry.userId) === entry) own.members.delete(entry.userId);
          void unregister(own, session).catch(() => undefined);
          return false;
        }
        // One's own announcement takes its place in the topic's order; a slow one is not waited for.
        const { mirror } = topics.get(appId, name) ?? {};
        await Promise.race([mirror?.reach(reply.version), delay(timings.timeoutMs, undefined, { ref: false })]);
        if (mirror?.present.has(entry.userId) === false) throw new Error("the announcement has not come");
        return true;
      } catch {
        const mirror = topics.get(appId, name)?.mirror;
        if (own.members.get(entry.userId) === entry && mirror?.present.has(entry.userId) === false) {
          mirror.enterAlone(member);
        }
        return true;
      }
    },

    joinAlone(appId, name, member, limit) {
      const mirror = topics.get(appId, name)?.mirror;
      const present = mirror?.present;
      if (present !== undefined && !present.has(member.userId) && present.size >= limit) return false;
      const own = topicOf(appId, name);
      own.members.set(member.userId, { userId: member.userId, info: encodeInfo(member.info), isTold: false });
      own.departed.delete(member.userId);
      untold.add(own);
      mirror?.enterAlone(member);
      return true;
    },

    leave(appId, name, userId) {
      const own = apps.get(appId)?.get(name);
      const entry = own?.members.get(userId);
      if (own === undefined || entry === undefined) return;
      own.members.delete(userId);
      const { session } = context;
      const exitAlone = () => {
        untold.add(own);
        if (entry.isTold) own.departed.add(userId);
        topics.get(appId, name)?.mirror?.exitAlone(userId);
        forgetUnknown(own);
      };
      if (session === undefined) return exitAlone();
      change(own, session, { leaving: [userId] }).then(
        () => unregister(own, session).catch(() => undefined),
        () => {
          if (!own.members.has(userId)) exitAlone();
        },
      );
    },

    count(appId, name, subscriptions) {
      const own = topicOf(appId, name);
      const before = own.subscriptions;
      own.subscriptions = subscriptions;
      if (context.session !== undefined) {
        counted.add(own);
        schedule(before === 0 || subscriptions === 0);
        return;
      }
      untold.add(own);
      forgetUnknown(own);
      const topic = topics.get(appId, name);
      const total = Math.max(subscriptions, (topic?.total ?? before) + subscriptions - before);
      if (topic !== undefined) topic.total = total;
      context.receiver.counted(appId, name, total, true);
    },

    forgetTold() {
      toldApps.clear();
      counted.clear();
      for (const app of apps.values()) {
        for (const own of app.values()) {
          own.registration = undefined;
          untold.add(own);
        }
      }
    },

    hasUntold: () => untold.size > 0,

    async assertUntold(session) {
      await inBatches([...untold], (own) => assert(own, session));
    },

    async flush() {
      clearTimeout(timer);
      timer = undefined;
      flushing = flushing.then(flushCounts);
      await flushing;
    },
  };

  async function assert(own: OwnTopic, session: Session): Promise<void> {
    await register(own, session);
    untold.delete(own);
    const departed = [...own.departed];
    const entering = [...own.members.values()];
    try {
      await session.run((client) =>
        client.hset(keys.registry(own.appId, context.replica), own.name, own.subscriptions),
      );
      await change(own, session, { subscriptions: own.subscriptions, isWhole: true, entering, leaving: departed });
    } catch (error) {
      untold.add(own);
      throw error;
    }
    for (const userId of departed) own.departed.delete(userId);
    if (!untold.has(own)) await unregister(own, session);
  }
}
