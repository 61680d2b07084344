import type { Shape } from "@mgs/core/shape";
import type { Channel, Members, Options, PresenceChannel, default as Pusher } from "pusher-js";
import { type AuthorizationFailure, requestAuthorization } from "./client-authorization";
import type { PublicPusherSettings } from "./connection";
import {
  type InboxChangedEvent,
  inboxChangedEvent,
  type MaintenanceChangedEvent,
  maintenanceChangedEvent,
  type NotificationCreatedEvent,
  notificationCreatedEvent,
  onlineMember,
  type SessionChangedEvent,
  type SessionEndedEvent,
  sessionChangedEvent,
  sessionEndedEvent,
} from "./events";
import { CHANNEL_REFUSED, keepSubscribed, type SubscriptionProblem } from "./keep-subscribed";
import { channelAuthorizationPath, socketSignInPath } from "./links";
import { EVENTS, MAINTENANCE_CHANNEL, ONLINE_USERS_CHANNEL, sessionChannel, userChannel } from "./names";

/** `unavailable`: no socket, or one whose channels are refused; both are tried again. */
export type ConnectionState = "connecting" | "connected" | "unavailable";

export type OnlineMember = { id: number; name: string };

/** The people online; `full`: the channel has no room for this person, who sees no list until it has. */
export type OnlineList = readonly OnlineMember[] | "full";

export type RealtimeIdentity = { userId: number; userSessionId: string };

/** Callbacks of a page. Events are checked; one of another shape counts as a gap (`onListening`). */
export type RealtimeHandlers = {
  onState: (state: ConnectionState) => void;
  /** The person's channel is subscribed (again): missed changes have to be fetched. */
  onListening: () => void;
  onNotification: (event: NotificationCreatedEvent) => void;
  onInboxChanged: (event: InboxChangedEvent) => void;
  onMaintenanceChanged: (event: MaintenanceChangedEvent) => void;
  /** A conversation of the person's has something new. */
  onConversationsChanged: () => void;
  onSessionEnded: (event: SessionEndedEvent) => void;
  /** The browser goes on as the person that the event names. */
  onSessionChanged: (event: SessionChangedEvent) => void;
  /** The portal answered 401 to an authorization: the session may be over. Called again with each try, less and less often. */
  onUnauthorized: () => void;
  onMembers: (members: OnlineList) => void;
};

export type RealtimeConnection = { pusher: Pusher; close: () => void };

/** Wait before a chunk that failed to load is requested again. */
const CHUNK_RETRY_MS = 5_000;

/** Loads pusher-js, after the first paint. @returns null when it was aborted */
async function loadPusher(onState: RealtimeHandlers["onState"], signal: AbortSignal): Promise<typeof Pusher | null> {
  while (!signal.aborted) {
    try {
      return (await import("pusher-js")).default;
    } catch {
      // The network is down; the inbox polls until it is back.
      if (!signal.aborted) onState("unavailable");
      await new Promise((resolve) => setTimeout(resolve, CHUNK_RETRY_MS));
    }
  }
  return null;
}

/**
 * Connects to whichever Pusher Channels server the settings name.
 * @param signal aborts while the library loads
 * @returns null when it was aborted
 */
export async function connectRealtime(
  settings: PublicPusherSettings,
  identity: RealtimeIdentity,
  handlers: RealtimeHandlers,
  signal: AbortSignal,
): Promise<RealtimeConnection | null> {
  const PusherClient = await loadPusher(handlers.onState, signal);
  if (PusherClient === null || signal.aborted) return null;

  async function authorize<T>(
    endpoint: string,
    fields: { socket_id: string; channel_name?: string },
    callback: (error: Error | null, data: T | null) => void,
  ) {
    const onFailure = ({ status }: AuthorizationFailure) => {
      liveness.fail(fields.channel_name);
      if (status === 401) handlers.onUnauthorized();
      // pusher-js hears of no refusal, since the next try follows by itself.
      if (status === 403 && fields.channel_name !== undefined)
        pusher.channel(fields.channel_name)?.emit(CHANNEL_REFUSED);
    };
    const data = await requestAuthorization<T>({
      endpoint,
      fields,
      isStillWanted: () => !signal.aborted && pusher.connection.socket_id === fields.socket_id,
      onFailure,
    });
    if (data !== null) callback(null, data);
  }

  const pusher: Pusher = new PusherClient(settings.key, {
    cluster: settings.cluster,
    enableStats: false,
    // Over HTTP where a network lets no WebSocket through. `wss` would use TLS on a server without it.
    enabledTransports: ["ws", "xhr_streaming", "xhr_polling"],
    forceTLS: settings.tls,
    ...addresses(settings),
    channelAuthorization: {
      customHandler: ({ socketId, channelName }, callback) =>
        void authorize(channelAuthorizationPath(), { socket_id: socketId, channel_name: channelName }, callback),
    },
    userAuthentication: {
      customHandler: ({ socketId }, callback) => void authorize(socketSignInPath(), { socket_id: socketId }, callback),
    },
  });

  const own = [userChannel(identity.userId), sessionChannel(identity.userSessionId)] as const;
  const liveness = trackLiveness(own, handlers.onState);
  pusher.connection.bind("state_change", ({ current }: { current: string }) => liveness.setSocket(stateOf(current)));
  const [user, session] = own.map((name) => pusher.subscribe(name)) as [Channel, Channel];
  for (const channel of [user, session]) {
    channel.bind("pusher:subscription_succeeded", () => liveness.succeed(channel.name));
    keepSubscribed(pusher, channel, () => liveness.fail(channel.name), signal);
  }
  listenToUser(user, handlers);
  listen(session, EVENTS.sessionEnded, sessionEndedEvent, handlers.onSessionEnded, () =>
    handlers.onSessionEnded({ reason: "unknown" }),
  );
  listen(session, EVENTS.sessionChanged, sessionChangedEvent, handlers.onSessionChanged, () => undefined);
  const maintenance = pusher.subscribe(MAINTENANCE_CHANNEL);
  listen(
    maintenance,
    EVENTS.maintenanceChanged,
    maintenanceChangedEvent,
    handlers.onMaintenanceChanged,
    () => undefined,
  );
  const online = pusher.subscribe(ONLINE_USERS_CHANNEL);
  trackMembers(online, handlers.onMembers);
  const onOnlineProblem = ({ type }: SubscriptionProblem) => type === "LimitReached" && handlers.onMembers("full");
  keepSubscribed(pusher, online, onOnlineProblem, signal);
  pusher.signin();

  return {
    pusher,
    close() {
      pusher.connection.unbind();
      pusher.disconnect();
    },
  };
}

/** Sets the addresses for HTTP too: pusher-js would fall back to hosted Pusher otherwise. */
function addresses({ host, port }: PublicPusherSettings): Partial<Options> {
  return {
    ...(host === null ? {} : { wsHost: host, httpHost: host }),
    ...(port === null ? {} : { wsPort: port, wssPort: port, httpPort: port, httpsPort: port }),
  };
}

function stateOf(state: string): ConnectionState {
  if (state === "connected") return "connected";
  return state === "initialized" || state === "connecting" ? "connecting" : "unavailable";
}

/** Tracks the state for the page: the socket's state, but `unavailable` without the person's own channels. */
function trackLiveness(own: readonly string[], onState: RealtimeHandlers["onState"]) {
  const failing = new Set<string>();
  let socket: ConnectionState = "connecting";
  const report = () => onState(socket === "connected" && failing.size > 0 ? "unavailable" : socket);
  return {
    setSocket(state: ConnectionState): void {
      socket = state;
      // A new socket subscribes to everything.
      if (state !== "connected") failing.clear();
      report();
    },
    fail(channel: string | undefined): void {
      if (channel === undefined || !own.includes(channel) || failing.has(channel)) return;
      failing.add(channel);
      report();
    },
    succeed(channel: string): void {
      if (failing.delete(channel)) report();
    },
  };
}

function listenToUser(channel: Channel, handlers: RealtimeHandlers): void {
  channel.bind("pusher:subscription_succeeded", handlers.onListening);
  listen(channel, EVENTS.notificationCreated, notificationCreatedEvent, handlers.onNotification, handlers.onListening);
  listen(channel, EVENTS.inboxChanged, inboxChangedEvent, handlers.onInboxChanged, handlers.onListening);
  channel.bind(EVENTS.conversationsChanged, handlers.onConversationsChanged);
}

function listen<T>(
  channel: Channel,
  event: string,
  shape: Shape<T>,
  handler: (data: T) => void,
  onUnreadable: () => void,
): void {
  channel.bind(event, (data: unknown) => {
    if (shape(data)) handler(data);
    else onUnreadable();
  });
}

function trackMembers(channel: Channel, onMembers: RealtimeHandlers["onMembers"]): void {
  const report = () => {
    const members: OnlineMember[] = [];
    presence(channel).each(({ id, info }: { id: string; info: unknown }) => {
      if (onlineMember(info)) members.push({ id: Number(id), name: info.name });
    });
    onMembers(members.sort((a, b) => a.name.localeCompare(b.name)));
  };
  for (const event of ["pusher:subscription_succeeded", "pusher:member_added", "pusher:member_removed"])
    channel.bind(event, report);
}

function presence(channel: Channel): Members {
  return (channel as PresenceChannel).members;
}
