"use client";
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import {
  type ConnectionState,
  connectRealtime,
  type OnlineList,
  type RealtimeConnection,
  type RealtimeHandlers,
} from "./client";
import type { PublicPusherSettings } from "./connection";

/** The callbacks of one part of the page. */
export type RealtimeListener = Partial<
  Pick<
    RealtimeHandlers,
    "onListening" | "onNotification" | "onInboxChanged" | "onMaintenanceChanged" | "onConversationsChanged"
  >
>;

type RealtimeValue = {
  state: ConnectionState;
  /** Null until the presence channel has answered. */
  members: OnlineList | null;
  listeners: Set<RealtimeListener>;
  /** Null until the library is loaded. */
  connection: RealtimeConnection | null;
};

const RealtimeContext = createContext<RealtimeValue | null>(null);

type RealtimeProviderProps = {
  settings: PublicPusherSettings;
  userId: number;
  userSessionId: string;
  /** The session is over, by event (which tells the reason). May be called more than once. */
  onSessionEnded: (reason?: string) => void;
  /** The browser goes on as another person. */
  onSessionChanged: (userId: number) => void;
  /** A channel was refused with 401: the session may be over. May be called more than once. */
  onUnauthorized: () => void;
  children: ReactNode;
};

/** Opens one socket for the page, shared by all its listeners. */
export function RealtimeProvider(props: RealtimeProviderProps) {
  const { settings, userId, userSessionId, onSessionEnded, onSessionChanged, onUnauthorized, children } = props;
  const [state, setState] = useState<ConnectionState>("connecting");
  const [members, setMembers] = useState<OnlineList | null>(null);
  const [connection, setConnection] = useState<RealtimeConnection | null>(null);
  const listeners = useRef(new Set<RealtimeListener>()).current;
  const handleSessionEnd = useEffectEvent(onSessionEnded);
  const handleSessionChange = useEffectEvent(onSessionChanged);
  const handleUnauthorized = useEffectEvent(onUnauthorized);
  const { key, cluster, host, port, tls } = settings;

  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    const opening = connectRealtime(
      { key, cluster, host, port, tls },
      { userId, userSessionId },
      {
        onState: (next) => signal.aborted || setState(next),
        onMembers: (next) => signal.aborted || setMembers(next),
        onSessionEnded: ({ reason }) => signal.aborted || handleSessionEnd(reason),
        onSessionChanged: ({ user_id }) => signal.aborted || handleSessionChange(user_id),
        onUnauthorized: () => signal.aborted || handleUnauthorized(),
        onListening: () => notifyListeners(listeners, (listener) => listener.onListening?.()),
        onNotification: (event) => notifyListeners(listeners, (listener) => listener.onNotification?.(event)),
        onInboxChanged: (event) => notifyListeners(listeners, (listener) => listener.onInboxChanged?.(event)),
        onMaintenanceChanged: (event) =>
          notifyListeners(listeners, (listener) => listener.onMaintenanceChanged?.(event)),
        onConversationsChanged: () => notifyListeners(listeners, (listener) => listener.onConversationsChanged?.()),
      },
      signal,
    );
    void opening.then((open) => signal.aborted || setConnection(open));
    return () => {
      closing.abort();
      setConnection(null);
      void opening.then((open) => open?.close());
    };
  }, [key, cluster, host, port, tls, userId, userSessionId, listeners]);

  const value = useMemo(() => ({ state, members, listeners, connection }), [state, members, listeners, connection]);
  return <RealtimeContext value={value}>{children}</RealtimeContext>;
}

function notifyListeners(
  listeners: ReadonlySet<RealtimeListener>,
  message: (listener: RealtimeListener) => void,
): void {
  for (const listener of listeners) message(listener);
}

function useRealtime(): RealtimeValue {
  const value = useContext(RealtimeContext);
  if (!value) throw new Error("RealtimeProvider is missing above");
  return value;
}

export function useConnectionState(): ConnectionState {
  return useRealtime().state;
}

/** The people online, by name; `full` when the channel has no room for this person; null until it has answered. */
export function useOnlineMembers(): OnlineList | null {
  return useRealtime().members;
}

/** The page's own socket; `useChannel` joins channels on it. */
export function useRealtimeConnection(): RealtimeConnection | null {
  return useRealtime().connection;
}

/**
 * Reads the id of the page's socket, which a change names (`x-socket-id`) so that this tab is not told of it; undefined on a page without
 * one, such as the sign-in's.
 */
export function useSocketId(): () => string | undefined {
  const connection = useContext(RealtimeContext)?.connection;
  return () => connection?.pusher.connection.socket_id;
}

/** Listens for as long as the component is mounted. */
export function useRealtimeListener(listener: RealtimeListener): void {
  const { listeners } = useRealtime();
  const onListening = useEffectEvent(() => listener.onListening?.());
  const onNotification = useEffectEvent<NonNullable<RealtimeListener["onNotification"]>>((event) =>
    listener.onNotification?.(event),
  );
  const onInboxChanged = useEffectEvent<NonNullable<RealtimeListener["onInboxChanged"]>>((event) =>
    listener.onInboxChanged?.(event),
  );
  const onMaintenanceChanged = useEffectEvent<NonNullable<RealtimeListener["onMaintenanceChanged"]>>((event) =>
    listener.onMaintenanceChanged?.(event),
  );
  const onConversationsChanged = useEffectEvent(() => listener.onConversationsChanged?.());
  useEffect(() => {
    const stable: RealtimeListener = {
      onListening: () => onListening(),
      onNotification: (event) => onNotification(event),
      onInboxChanged: (event) => onInboxChanged(event),
      onMaintenanceChanged: (event) => onMaintenanceChanged(event),
      onConversationsChanged: () => onConversationsChanged(),
    };
    listeners.add(stable);
    return () => void listeners.delete(stable);
  }, [listeners]);
}
