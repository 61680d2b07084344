import { useSyncExternalStore } from "react";
import { sessionEnd } from "../page-session";

/** Returns how the session ended, while the page stays because of unsent text; null otherwise. */
export function useSessionEnd(): { reason: string | undefined } | null {
  return useSyncExternalStore(sessionEnd.subscribe, sessionEnd.get, () => null);
}
