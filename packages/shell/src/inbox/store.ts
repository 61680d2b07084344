import { ApiError, type InboxClient } from "@mgs/notifications/contract/client";
import type { InboxFilter, InboxPage, InboxState, NotificationDto } from "@mgs/notifications/contract/schemas";
import type { InboxChangedEvent, NotificationCreatedEvent } from "@mgs/realtime/events";
import { EMPTY_INBOX, type Inbox, type InboxAction, type InboxItem, isBehind, type Patch, reduceInbox } from "./state";
import { newcomers, viewOf } from "./views";

/** What a list is doing, apart from what it holds. */
export type ListStatus = "idle" | "loading" | "failed";
export type InboxSnapshot = { inbox: Inbox; status: Readonly<Record<InboxFilter, ListStatus>> };

type InboxPorts = {
  client: InboxClient;
  /** First page of `all`, rendered with the page; null: fetched when first needed. */
  initial: InboxPage | null;
};

/** What the page tells its reader about. */
export type InboxListener = {
  /** Notifications that came in: to be announced, oldest first. */
  onNews: (items: readonly InboxItem[]) => void;
  /** A change of ours was refused and undone. */
  onRefused: () => void;
  /** No answer to a change of ours came: whether it was made is being asked. */
  onNoAnswer: () => void;
};

/** Events of one burst are caught up by one fetch. Milliseconds. */
const GATHER = 60;
const RETRY_FIRST = 2_000;
const RETRY_LONGEST = 30_000;

export type InboxStore = ReturnType<typeof createInboxStore>;

/** The live inbox of a page: applies what events carry, fetches what they do not, shows our own changes at once. */
export function createInboxStore({ client, initial }: InboxPorts) {
  const listeners = new Set<() => void>();
  const tellers = new Set<InboxListener>();
  let snapshot: InboxSnapshot = {
    inbox: initial ? reduceInbox(EMPTY_INBOX, { type: "page", filter: "all", page: initial }) : EMPTY_INBOX,
    status: { all: "idle", unread: "idle", archived: "idle" },
  };
  let operation = 0;
  let running: Promise<void> | null = null;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryAfter = RETRY_FIRST;

  function publish(next: InboxSnapshot) {
    snapshot = next;
    for (const listener of listeners) listener();
  }
  const dispatch = (action: InboxAction) => publish({ ...snapshot, inbox: reduceInbox(snapshot.inbox, action) });
  const setStatus = (filter: InboxFilter, status: ListStatus) =>
    publish({ ...snapshot, status: { ...snapshot.status, [filter]: status } });

  function tellNews(items: readonly InboxItem[]) {
    for (const { onNews } of tellers) onNews(items);
  }

  function schedule(delay: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void catchUp(), delay);
  }

  /** Fetches what happened after the last number. Calls during a fetch lead to one more fetch. */
  function catchUp(): Promise<void> {
    clearTimeout(timer);
    if (running) {
      again = true;
      return running;
    }
    running = fetchChanges()
      .then(() => {
        retryAfter = RETRY_FIRST;
      })
      .catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 401) return;
        schedule(retryAfter);
        retryAfter = Math.min(retryAfter * 2, RETRY_LONGEST);
      })
      .finally(() => {
        running = null;
        if (again) {
          again = false;
          schedule(GATHER);
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
    reportNews(before, changes.upserts);
  }

  async function startOver(): Promise<void> {
    const before = snapshot.inbox;
    const filters = (["all", "unread", "archived"] as const).filter((filter) => before.windows[filter].loaded);
    const pages = await Promise.all(filters.map(async (filter) => [filter, await client.list(filter)] as const));
    dispatch({ type: "reset", pages: Object.fromEntries(pages) });
    reportNews(
      before,
      pages.flatMap(([, page]) => page.items),
    );
    again = isBehind(snapshot.inbox);
  }

  function reportNews(before: Inbox, rows: readonly NotificationDto[]) {
    const fresh = newcomers(before, rows);
    const items = viewOf(snapshot.inbox, "unread").rows.filter(({ id }) => fresh.has(id));
    if (items.length > 0) tellNews(items.toReversed());
  }

  async function load(filter: InboxFilter, cursor?: string): Promise<void> {
    if (snapshot.status[filter] === "loading") return;
    setStatus(filter, "loading");
    try {
      const page = await client.list(filter, cursor);
      dispatch({ type: "page", filter, page });
      setStatus(filter, "idle");
      if (isBehind(snapshot.inbox)) schedule(GATHER);
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
      if (isBehind(snapshot.inbox)) schedule(GATHER);
    } catch (error) {
      dispatch({ type: "refused", op });
      const status = error instanceof ApiError ? error.status : undefined;
      if (status === 401) return;
      if (status === 0) schedule(GATHER);
      for (const { onRefused, onNoAnswer } of tellers) status === 0 ? onNoAnswer() : onRefused();
    }
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => snapshot,
    listen(listener: InboxListener) {
      tellers.add(listener);
      return () => void tellers.delete(listener);
    },

    /** Applies a broadcast. What it leaves open is fetched shortly after, once for a burst. */
    onNotification(event: NotificationCreatedEvent) {
      const known = snapshot.inbox.items.has(event.id) || snapshot.inbox.deleted.has(event.id);
      const stale = event.seq <= snapshot.inbox.seq;
      dispatch({ type: "notification", event });
      const item = snapshot.inbox.items.get(event.id);
      if (item && !known && !stale) tellNews([item]);
      if (isBehind(snapshot.inbox)) schedule(GATHER);
    },
    onInboxChanged(event: InboxChangedEvent) {
      dispatch({ type: "changed", event });
      if (isBehind(snapshot.inbox)) schedule(GATHER);
    },
    catchUp,

    /** Loads the first page of a list unless it is there. */
    ensure(filter: InboxFilter) {
      if (!snapshot.inbox.windows[filter].loaded && snapshot.status[filter] === "idle") void load(filter);
    },
    /** Loads a list's next page, or tries its first one again. */
    loadMore(filter: InboxFilter) {
      return load(filter, snapshot.inbox.windows[filter].cursor ?? undefined);
    },
    /** Fetches the whole of a message that was cut for the broadcast. */
    async complete(id: string): Promise<void> {
      const item = await client.get(id).catch(() => null);
      if (item) dispatch({ type: "item", item });
    },

    setRead: (id: string, read: boolean) => change([id], { read }, () => client.update(id, { read })),
    setArchived: (id: string, archived: boolean) => change([id], { archived }, () => client.update(id, { archived })),
    remove: (id: string) => change([id], { deleted: true }, () => client.remove(id)),
    readAll() {
      const ids = viewOf(snapshot.inbox, "unread").rows.map(({ id }) => id);
      // Unread ones may exist below the loaded part: the server knows.
      if (snapshot.inbox.count.value === 0 && ids.length === 0) return Promise.resolve();
      return change(ids.length > 0 ? ids : ["-"], { read: true }, client.readAll);
    },
    isUnread: (id: string) => viewOf(snapshot.inbox, "unread").rows.some((row) => row.id === id),
    /** Stops timers. */
    stop: () => clearTimeout(timer),
  };
}
