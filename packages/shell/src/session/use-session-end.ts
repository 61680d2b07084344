import { useSyncExternalStore } from "react";
import { sessionEnd } from "../leave";

/** How the session of this page ended, while the page stays because something is typed on it; null otherwise. */
export function useSessionEnd(): { reason: string | undefined } | null {
  return useSyncExternalStore(sessionEnd.subscribe, sessionEnd.get, () => null);
}
