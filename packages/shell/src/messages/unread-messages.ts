import { createSignal } from "../signal";

/** How many messages the reader has not read; null while it is not known. */
export const unreadMessages = createSignal<number | null>(null);

/** Until when the reader does not want to be disturbed (Unix time in milliseconds); 0: they may be. */
export const quietUntil = createSignal(0);

/** Whether toasts wait: what they tell of is in the inbox. */
export const isQuiet = (): boolean => quietUntil.get() > Date.now();
