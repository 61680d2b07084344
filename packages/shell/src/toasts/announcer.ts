/** More notifications than this at once get one toast that counts them. */
export const MAX_SINGLE_TOASTS = 3;

export type AnnouncerPorts<T extends { id: string }> = {
  reserve: (ids: readonly string[]) => Promise<readonly string[]>;
  isVisible: () => boolean;
  /** False once the notification was read, archived or deleted elsewhere. */
  isStillUnread: (item: T) => boolean;
  show: (item: T) => void;
  summarise: (count: number) => void;
};

/** Decides which tab shows which toast. A hidden tab waits until it is shown; another tab may show its toasts before. */
export function createAnnouncer<T extends { id: string }>(ports: AnnouncerPorts<T>) {
  const waiting = new Map<string, T>();
  const announced = new Set<string>();

  async function flush(): Promise<void> {
    if (!ports.isVisible() || waiting.size === 0) return;
    const batch = [...waiting.values()].filter(ports.isStillUnread);
    for (const id of waiting.keys()) announced.add(id);
    waiting.clear();
    if (batch.length === 0) return;
    const reserved = new Set(await ports.reserve(batch.map(({ id }) => id)));
    const items = batch.filter(({ id }) => reserved.has(id));
    if (items.length > MAX_SINGLE_TOASTS) ports.summarise(items.length);
    else for (const item of items) ports.show(item);
  }

  return {
    /** Announces new notifications; it ignores those that this page has announced before. */
    announce(items: readonly T[]): Promise<void> {
      for (const item of items) if (!announced.has(item.id)) waiting.set(item.id, item);
      return flush();
    },
    /** The page calls this when its tab becomes visible. */
    flush,
  };
}
export type Announcer<T extends { id: string }> = ReturnType<typeof createAnnouncer<T>>;
