/** More than this many at once become one toast that counts them. */
export const SINGLE_TOASTS = 3;

export type AnnouncerPorts<T extends { id: string }> = {
  claim: (ids: readonly string[]) => Promise<readonly string[]>;
  isVisible: () => boolean;
  /** False once it was read, archived or deleted elsewhere: no toast any more. */
  isStillNews: (item: T) => boolean;
  show: (item: T) => void;
  summarise: (count: number) => void;
};

/** Decides which tab shows which toast. A hidden tab keeps its toasts until it is seen, or until another tab takes them. */
export function createAnnouncer<T extends { id: string }>(ports: AnnouncerPorts<T>) {
  const waiting = new Map<string, T>();
  const done = new Set<string>();

  async function flush(): Promise<void> {
    if (!ports.isVisible() || waiting.size === 0) return;
    const batch = [...waiting.values()].filter(ports.isStillNews);
    for (const id of waiting.keys()) done.add(id);
    waiting.clear();
    if (batch.length === 0) return;
    const mine = new Set(await ports.claim(batch.map(({ id }) => id)));
    const items = batch.filter(({ id }) => mine.has(id));
    if (items.length > SINGLE_TOASTS) ports.summarise(items.length);
    else for (const item of items) ports.show(item);
  }

  return {
    /** Announces what has just come in; what this page announced before is ignored. */
    announce(items: readonly T[]): Promise<void> {
      for (const item of items) if (!done.has(item.id)) waiting.set(item.id, item);
      return flush();
    },
    /** To be called when the tab becomes visible. */
    flush,
  };
}
export type Announcer<T extends { id: string }> = ReturnType<typeof createAnnouncer<T>>;
