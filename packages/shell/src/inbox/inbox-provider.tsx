"use client";
import { createInboxClient } from "@mgs/notifications/contract/client";
import type { InboxFilter, InboxPage } from "@mgs/notifications/contract/schemas";
import { useConnectionState, useRealtimeListener } from "@mgs/realtime/react";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { sessionFetch } from "../page-session";
import { createInboxStore, type InboxSnapshot, type InboxStore } from "./store";
import { type InboxView, viewOf } from "./views";

const InboxContext = createContext<InboxStore | null>(null);

/** The page also polls for changes: without a socket it has no other way, and with one it is a safety net. */
const POLL_INTERVAL_MS = { connected: 300_000, unavailable: 15_000 };

/** The browser finishes a change after its page has left: opening a notification marks it read while the page leaves. */
const inboxFetch: typeof fetch = (input, init) => sessionFetch(input, { ...init, keepalive: init?.method !== "GET" });

type InboxProviderProps = { initialInbox: InboxPage | null; marksOpened: boolean; children: ReactNode };

/** Provides the live inbox to its children, and fetches changes whenever events may have been missed. */
export function InboxProvider({ initialInbox, marksOpened, children }: InboxProviderProps) {
  const [store] = useState(() =>
    createInboxStore({ client: createInboxClient(inboxFetch), initial: initialInbox, marksOpened }),
  );
  useRealtimeListener({
    onListening: () => void store.catchUp(),
    onNotification: store.onNotification,
    onInboxChanged: store.onInboxChanged,
  });

  const connected = useConnectionState() === "connected";
  useEffect(() => {
    const wake = () => {
      if (document.visibilityState === "visible") void store.catchUp();
    };
    const restore = (event: PageTransitionEvent) => {
      if (event.persisted) wake();
    };
    const poll = setInterval(wake, connected ? POLL_INTERVAL_MS.connected : POLL_INTERVAL_MS.unavailable);
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("online", wake);
    window.addEventListener("pageshow", restore);
    return () => {
      clearInterval(poll);
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("online", wake);
      window.removeEventListener("pageshow", restore);
    };
  }, [store, connected]);
  useEffect(() => () => store.stop(), [store]);

  return <InboxContext value={store}>{children}</InboxContext>;
}

/** Returns the store, with its commands: mark, archive, delete, load. */
export function useInboxStore(): InboxStore {
  const store = useContext(InboxContext);
  if (!store) throw new Error("InboxProvider is missing above");
  return store;
}

function useInboxSnapshot(): InboxSnapshot {
  const store = useInboxStore();
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
}

/** Returns one live list, which is fetched on first use. `failed` without rows: the first page could not be loaded. */
export function useInboxList(filter: InboxFilter): InboxView & { loading: boolean; failed: boolean } {
  const store = useInboxStore();
  const { inbox, status } = useInboxSnapshot();
  useEffect(() => store.ensure(filter), [store, filter]);
  return { ...viewOf(inbox, filter), loading: status[filter] === "loading", failed: status[filter] === "failed" };
}

/** Returns the server's count of unread notifications. */
export function useUnreadCount(): number {
  return useInboxSnapshot().inbox.count.value;
}
