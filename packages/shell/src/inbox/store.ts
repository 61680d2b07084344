import { ApiError, type InboxClient } from "@mgs/notifications/contract/client";
import type { InboxFilter, InboxPage, InboxState, NotificationDto } from "@mgs/notifications/contract/schemas";
import type { InboxChangedEvent, NotificationCreatedEvent } from "@mgs/realtime/events";
import { EMPTY_INBOX, type Inbox, type InboxAction, type InboxItem, isBehind, type Patch, reduceInbox } from "./state";
import { findNewIds, viewOf } from "./views";

/** The state of a list's last fetch. */
export type ListStatus = "idle" | "loading" | "failed";
export type InboxSnapshot = { inbox: Inbox; status: Readonly<Record<InboxFilter, ListStatus>> };

type InboxPorts = {
  client: InboxClient;
  /** The first page of `all`, from the server's rendering; null: the store fetches it when it is needed. */
  initial: InboxPage | null;
  /** Whether what its reader opens counts as read. Default: true. */
  marksOpened?: boolean;
};

/** What the page shows to its reader beside the lists. */
export type InboxListener = {
  /** New notifications have come in, oldest first. */
  onNewItems: (items: readonly InboxItem[]) => void;
  /** The server has refused a change, and the store has undone it. @param reason in the reader's language, where the server gives one */
  onRefused: (reason: string | undefined) => void;
  /** A change got no answer: the store asks the server whether it was made. */
  onNoAnswer: () => void;
};

/** One fetch serves all events of a burst. */
const CATCH_UP_DELAY_MS = 60;
const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 30_000;

/** What the client gives for an answer that tells no reason, and what stands for an error that is no answer at all. */
const UNKNOWN_ERROR = { status: undefined, code: "INTERNAL_ERROR", message: "" };

export type InboxStore = ReturnType<typeof createInboxStore>;

/** Creates the live inbox of a page: it applies events, fetches missing changes, and shows the reader's own changes at once. */
export function createInboxStore({ client, initial, marksOpened = true }: InboxPorts) {
  const listeners = new Set<() => void>();
  const inboxListeners = new Set<InboxListener>();
  let snapshot: InboxSnapshot = {
    inbox: initial ? reduceInbox(EMPTY_INBOX, { type: "page", filter: "all", page: initial }) : EMPTY_INBOX,
    status: { all: "idle", unread: "idle", archived: "idle" },
  };
  let operation = 0;
  let running: Promise<void> | null = null;
  let fetchAgain = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryDelayMs = FIRST_RETRY_MS;

  function publish(next: InboxSnapshot) {
    snapshot = next;
    for (const listener of listeners) listener();
  }
  const dispatch = (action: InboxAction) => publish({ ...snapshot, inbox: reduceInbox(snapshot.inbox, action) });
  const setStatus = (filter: InboxFilter, status: ListStatus) =>
    publish({ ...snapshot, status: { ...snapshot.status, [filter]: status } });

  function announceItems(items: readonly InboxItem[]) {
    for (const { onNewItems } of inboxListeners) onNewItems(items);
  }

  function schedule(delayMs: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void catchUp(), delayMs);
  }

  /** Fetches the changes after the last number. Calls during a fetch lead to one more fetch. */
  function catchUp(): Promise<void> {
    clearTimeout(timer);
    if (running) {
      fetchAgain = true;
      return running;
    }
    running = fetchChanges()
      .then(() => {
        retryDelayMs = FIRST_RETRY_MS;
      })
      .catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 401) return;
        schedule(retryDelayMs);
        retryDelayMs = Math.min(retryDelayMs * 2, MAX_RETRY_MS);
      })
      .finally(() => {
        running = null;
        if (fetchAgain) {
          fetchAgain = false;
          schedule(CATCH_UP_DELAY_MS);
        }
      });
    return running;
  }

  async function fetchChanges(): Promise<void> {
    if (snapshot.inbox.seq < 0) return load("all");
    const changes = await client.changes(snapshot.inbox.seq);
    if (changes.reset) return startOver();
    const before = snapshot.inbox;
    dispatch({ type: "changes", changes });
    announceNewRows(before, changes.upserts);
  }

  async function startOver(): Promise<void> {
    const before = snapshot.inbox;
    const filters = (["all", "unread", "archived"] as const).filter((filter) => before.windows[filter].loaded);
    const pages = await Promise.all(filters.map(async (filter) => [filter, await client.list(filter)] as const));
    dispatch({ type: "reset", pages: Object.fromEntries(pages) });
    announceNewRows(
      before,
      pages.flatMap(([, page]) => page.items),
    );
    fetchAgain = isBehind(snapshot.inbox);
  }

  function announceNewRows(before: Inbox, rows: readonly NotificationDto[]) {
    const newIds = findNewIds(before, rows);
    const items = viewOf(snapshot.inbox, "unread").rows.filter(({ id }) => newIds.has(id));
    if (items.length > 0) announceItems(items.toReversed());
  }

  async function load(filter: InboxFilter, cursor?: string): Promise<void> {
    if (snapshot.status[filter] === "loading") return;
    setStatus(filter, "loading");
    try {
      const page = await client.list(filter, cursor);
      dispatch({ type: "page", filter, page });
      setStatus(filter, "idle");
      if (isBehind(snapshot.inbox)) schedule(CATCH_UP_DELAY_MS);
    } catch {
      setStatus(filter, "failed");
    }
  }

  async function change(ids: readonly string[], patch: Patch, call: () => Promise<InboxState>): Promise<void> {
    if (ids.length === 0) return;
    operation++;
    const op = operation;
    dispatch({ type: "optimistic", op, ids, patch });
    try {
      dispatch({ type: "confirmed", op, numbers: await call() });
      if (isBehind(snapshot.inbox)) schedule(CATCH_UP_DELAY_MS);
    } catch (error) {
      dispatch({ type: "refused", op });
      const { status, code, message } = error instanceof ApiError ? error : UNKNOWN_ERROR;
      if (status === 401) return;
      if (status === 0) schedule(CATCH_UP_DELAY_MS);
      const reason = code === UNKNOWN_ERROR.code ? undefined : message;
      for (const { onRefused, onNoAnswer } of inboxListeners) status === 0 ? onNoAnswer() : onRefused(reason);
    }
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => snapshot,
    listen(listener: InboxListener) {
      inboxListeners.add(listener);
      return () => void inboxListeners.delete(listener);
    },

    /** Applies a broadcast, and fetches missing changes shortly after, once for a burst. */
    onNotification(event: NotificationCreatedEvent) {
      const known = snapshot.inbox.items.has(event.id) || snapshot.inbox.deleted.has(event.id);
      const stale = event.seq <= snapshot.inbox.seq;
      dispatch({ type: "notification", event });
      const item = snapshot.inbox.items.get(event.id);
      if (item && !known && !stale) announceItems([item]);
      if (isBehind(snapshot.inbox)) schedule(CATCH_UP_DELAY_MS);
    },
    onInboxChanged(event: InboxChangedEvent) {
      dispatch({ type: "changed", event });
      if (isBehind(snapshot.inbox)) schedule(CATCH_UP_DELAY_MS);
    },
    catchUp,

    /** Loads the first page of a list that has none. */
    ensure(filter: InboxFilter) {
      if (!snapshot.inbox.windows[filter].loaded && snapshot.status[filter] === "idle") void load(filter);
    },
    /** Loads a list's next page, or its first one again after a failure. */
    loadMore(filter: InboxFilter) {
      return load(filter, snapshot.inbox.windows[filter].cursor ?? undefined);
    },
    /** Fetches a message that the broadcast has cut. */
    async complete(id: string): Promise<void> {
      const item = await client.get(id).catch(() => null);
      if (item) dispatch({ type: "item", item });
    },

    /** Marks a notification read whose link is followed. */
    opened: (id: string) =>
      marksOpened ? change([id], { read: true }, () => client.update(id, { read: true })) : Promise.resolve(),
    setRead: (id: string, read: boolean) => change([id], { read }, () => client.update(id, { read })),
    setArchived: (id: string, archived: boolean) => change([id], { archived }, () => client.update(id, { archived })),
    remove: (id: string) => change([id], { deleted: true }, () => client.remove(id)),
    readAll() {
      const ids = viewOf(snapshot.inbox, "unread").rows.map(({ id }) => id);
      // The server may have unread notifications that are not loaded here.
      if (snapshot.inbox.count.value === 0 && ids.length === 0) return Promise.resolve();
      return change(ids.length > 0 ? ids : ["-"], { read: true }, client.readAll);
    },
    isUnread: (id: string) => viewOf(snapshot.inbox, "unread").rows.some((row) => row.id === id),
    /** Stops timers. */
    stop: () => clearTimeout(timer),
  };
}
