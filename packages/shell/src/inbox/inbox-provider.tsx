"use client";
import { createInboxClient } from "@mgs/notifications/contract/client";
import type { InboxFilter, InboxPage } from "@mgs/notifications/contract/schemas";
import { useConnectionState, useRealtimeListener } from "@mgs/realtime/react";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { sessionFetch } from "../leave";
import { createInboxStore, type InboxSnapshot, type InboxStore } from "./store";
import { type InboxView, viewOf } from "./views";

const InboxContext = createContext<InboxStore | null>(null);

/** How often the changes are fetched all the same: without a socket it is the only way, with one a safety net. */
const POLL = { connected: 300_000, unavailable: 15_000 };

/** Changes outlive the page that asked for them: opening a notification marks it read while the page leaves. */
const inboxFetch: typeof fetch = (input, init) => sessionFetch(input, { ...init, keepalive: init?.method !== "GET" });

type InboxProviderProps = { initialInbox: InboxPage | null; children: ReactNode };

/** The live inbox for everything below; catches up whenever something may have been missed. */
export function InboxProvider({ initialInbox, children }: InboxProviderProps) {
  const [store] = useState(() => createInboxStore({ client: createInboxClient(inboxFetch), initial: initialInbox }));
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
    const poll = setInterval(wake, connected ? POLL.connected : POLL.unavailable);
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

/** The store's commands: mark, archive, delete, load. */
export function useInboxStore(): InboxStore {
  const store = useContext(InboxContext);
  if (!store) throw new Error("InboxProvider is missing above");
  return store;
}

function useInboxSnapshot(): InboxSnapshot {
  const store = useInboxStore();
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
}

/** One list, live; fetched when it is first looked at. `failed` with no rows: nothing could be loaded. */
export function useInboxList(filter: InboxFilter): InboxView & { loading: boolean; failed: boolean } {
  const store = useInboxStore();
  const { inbox, status } = useInboxSnapshot();
  useEffect(() => store.ensure(filter), [store, filter]);
  return { ...viewOf(inbox, filter), loading: status[filter] === "loading", failed: status[filter] === "failed" };
}

/** The server's count of unread notifications. */
export function useUnreadCount(): number {
  return useInboxSnapshot().inbox.count.value;
}
