import { type ChosenStatus, type OwnPresence, ownPresence } from "@mgs/messaging/contract/own-presence";
import { ownPresenceApiPath } from "@mgs/messaging/links";
import { readData } from "../api/read-data";
import { quietUntil } from "../messages/unread-messages";
import { createSignal } from "../signal";

/** What the reader has chosen to be seen as; null while it is not known. */
export const ownStatus = createSignal<ChosenStatus | null>(null);

/** Lets the page follow what its reader has chosen. */
export function noteOwnPresence({ status, until }: OwnPresence): void {
  ownStatus.set(status);
  quietUntil.set(status === "dnd" && until !== null ? Date.parse(until) : 0);
}

/** Reads what the reader has chosen, here or on another page of theirs. Without an answer the page stays as it is. */
export async function readOwnPresence(): Promise<void> {
  const own = await readData(ownPresenceApiPath()).catch(() => undefined);
  if (ownPresence(own)) noteOwnPresence(own);
}

/** Whether others may be told what the reader does now: nobody hears of who is invisible, or of whom it is not known that they are not. */
export async function maySeeReader(): Promise<boolean> {
  if (ownStatus.get() === null) await readOwnPresence();
  const status = ownStatus.get();
  return status !== null && status !== "invisible";
}
