import type { Shape } from "@mgs/core/shape";
import type { Channel, Members, Options, PresenceChannel, default as Pusher } from "pusher-js";
import { requestAuthorization } from "./client-authorization";
import type { PublicPusherSettings } from "./connection";
import {
  type InboxChangedEvent,
  inboxChangedEvent,
  type NotificationCreatedEvent,
  notificationCreatedEvent,
  onlineMember,
  type SessionEndedEvent,
  sessionEndedEvent,
} from "./events";
import { EVENTS, ONLINE_USERS_CHANNEL, sessionChannel, userChannel } from "./names";

/** `unavailable`: no socket for the moment; pusher-js keeps trying. */
export type ConnectionState = "connecting" | "connected" | "unavailable";

export type OnlineMember = { id: number; name: string };

export type RealtimeIdentity = { userId: number; userSessionId: string };

/** What a page wants to hear. Events arrive checked; one of another shape counts as a gap (`onListening`). */
export type RealtimeHandlers = {
  onState: (state: ConnectionState) => void;
  /** The person's channel is (again) subscribed: what was missed has to be fetched. */
  onListening: () => void;
  onNotification: (event: NotificationCreatedEvent) => void;
  onInboxChanged: (event: InboxChangedEvent) => void;
  onSessionEnded: (event: SessionEndedEvent) => void;
  /** The portal answered 401 to an authorization: this browser's session is over. */
  onUnauthorized: () => void;
  onMembers: (members: readonly OnlineMember[]) => void;
};

export type RealtimeConnection = { close: () => void };

/** Milliseconds until a chunk that did not arrive is asked for again. */
const CHUNK_RETRY = 5_000;

/** pusher-js, loaded only now, off the first paint; null when nobody wants it any more. */
async function loadPusher(onState: RealtimeHandlers["onState"], signal: AbortSignal): Promise<typeof Pusher | null> {
  while (!signal.aborted) {
    try {
      return (await import("pusher-js")).default;
    } catch {
      // The network dropped: until it is back the inbox asks.
      if (!signal.aborted) onState("unavailable");
      await new Promise((resolve) => setTimeout(resolve, CHUNK_RETRY));
    }
  }
  return null;
}

/**
 * Connects to whichever Pusher Channels server the settings name.
 * @param signal gives up while the library is still on its way
 * @returns null when it was given up
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
    const result = await requestAuthorization<T>({
      endpoint,
      fields,
      stillWanted: () => pusher.connection.socket_id === fields.socket_id,
    });
    if (result === null) return;
    if (result.ok) return callback(null, result.data);
    if (result.status === 401) handlers.onUnauthorized();
    callback(new Error(`refused with ${result.status}`), null);
  }

  const pusher: Pusher = new PusherClient(settings.key, {
    cluster: settings.cluster,
    enableStats: false,
    // By HTTP where a network lets no WebSocket through. `wss` would be TLS on a server that has none.
    enabledTransports: ["ws", "xhr_streaming", "xhr_polling"],
    forceTLS: settings.tls,
    ...addresses(settings),
    channelAuthorization: {
      customHandler: ({ socketId, channelName }, callback) =>
        void authorize("/broadcasting/auth", { socket_id: socketId, channel_name: channelName }, callback),
    },
    userAuthentication: {
      customHandler: ({ socketId }, callback) =>
        void authorize("/broadcasting/user-auth", { socket_id: socketId }, callback),
    },
  });

  pusher.connection.bind("state_change", ({ current }: { current: string }) => handlers.onState(stateOf(current)));
  listenToUser(pusher.subscribe(userChannel(identity.userId)), handlers);
  listen(
    pusher.subscribe(sessionChannel(identity.userSessionId)),
    EVENTS.sessionEnded,
    sessionEndedEvent,
    handlers.onSessionEnded,
    () => handlers.onSessionEnded({ reason: "unknown" }),
  );
  trackMembers(pusher.subscribe(ONLINE_USERS_CHANNEL), handlers.onMembers);
  pusher.signin();

  return {
    close() {
      pusher.connection.unbind();
      pusher.disconnect();
    },
  };
}

/** For HTTP too, or pusher-js would fall back to hosted Pusher. */
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

function listenToUser(channel: Channel, handlers: RealtimeHandlers): void {
  channel.bind("pusher:subscription_succeeded", handlers.onListening);
  listen(channel, EVENTS.notificationCreated, notificationCreatedEvent, handlers.onNotification, handlers.onListening);
  listen(channel, EVENTS.inboxChanged, inboxChangedEvent, handlers.onInboxChanged, handlers.onListening);
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
