"use client";
import { useConnectionState } from "@mgs/realtime/react";
import { CloudOff, WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useTranslations } from "../intl";
import { useSessionEnd } from "../session/use-session-end";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Tells what a lost connection means. It floats above the page, so that no content moves when it appears. */
export function ConnectionHint() {
  const t = useTranslations("shell.connection");
  const state = useConnectionState();
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  // The end of the session has closed the socket: the page shows a notice of its own for that.
  const ended = useSessionEnd() !== null;
  const problem = !online ? "offline" : state === "unavailable" && !ended ? "unavailable" : null;
  const Icon = problem === "offline" ? WifiOff : CloudOff;
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-20 z-30 flex justify-center px-4 lg:bottom-6"
      data-connection={online ? state : "offline"}
    >
      {problem ? (
        <p className="pointer-events-auto flex animate-float-in items-center gap-2 rounded-lg bg-warning-soft px-4 py-2 text-warning-ink shadow-float">
          <Icon aria-hidden className="size-4 shrink-0" />
          {t(problem)}
        </p>
      ) : null}
    </div>
  );
}
