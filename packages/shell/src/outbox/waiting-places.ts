import type { OutboxEntry } from "./outbox-store";

/** Texts that wait on one page. */
export type WaitingPlace = {
  /** Leads to the first of them; null for one that does not say where it was written. */
  href: string | null;
  title: string;
  waiting: number;
  failed: number;
};

/** The id of a waiting text in its page. */
export const outboxAnchor = (id: string): string => `outbox-${id}`;

/** Gathers the texts that wait on other pages than the one that is open, which shows its own. */
export function toWaitingPlaces(entries: readonly OutboxEntry[], openPath: string): WaitingPlace[] {
  const places = new Map<string, WaitingPlace>();
  for (const { id, page, refusal } of entries) {
    if (page?.path === openPath) continue;
    const place = places.get(page?.path ?? "") ?? {
      href: page ? `${page.path}#${outboxAnchor(id)}` : null,
      ...{ title: page?.title ?? "", waiting: 0, failed: 0 },
    };
    if (refusal === null) place.waiting++;
    else place.failed++;
    places.set(page?.path ?? "", place);
  }
  return [...places.values()];
}
