"use client";
import { EVENTS } from "@mgs/realtime/names";
import { joinChannel } from "@mgs/realtime/page-channel";
import { useRealtimeConnection } from "@mgs/realtime/react";
import { useRouter } from "next/navigation";
import { startTransition, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { bundleRefreshes, type RefreshBundle } from "./bundle-refreshes";

type LiveRefreshOptions = {
  /** The channels that tell of changes of the list, as `liveListChannels` names them. */
  channels: readonly string[];
  refresh: () => Promise<unknown>;
  /** Whether a refresh would disturb the reader now. A page that nobody looks at is never refreshed. */
  isHeld: () => boolean;
};

type LiveRefresh = {
  /** Whether a refresh waits for the reader. */
  waiting: boolean;
  /** Refreshes as if a change had been told. */
  ask: () => void;
  /** Refreshes at once: the reader asks for it. */
  refreshNow: () => void;
};

/**
 * Refreshes a list when its channels tell of a change, and whenever they are subscribed (again): what came in between is missed otherwise.
 */
export function useLiveRefresh({ channels, refresh, isHeld }: LiveRefreshOptions): LiveRefresh {
  const connection = useRealtimeConnection();
  const router = useRouter();
  const [waiting, setWaiting] = useState(false);
  const bundle = useRef<RefreshBundle>(undefined);
  const run = useEffectEvent(refresh);
  const holds = useEffectEvent(() => (document.hidden ? "unseen" : isHeld() ? "for-reader" : null));
  const names = channels.join(" ");

  useEffect(() => {
    if (!connection) return;
    const refreshes = bundleRefreshes({
      refresh: () => run(),
      isHeld: () => holds(),
      onWaiting: setWaiting,
    });
    bundle.current = refreshes;
    const listener = {
      events: { [EVENTS.listChanged]: refreshes.ask },
      onListening: refreshes.ask,
      // Without the right any more the page has other rows, and other channels.
      onRefused: () => startTransition(() => router.refresh()),
    };
    const joined = names
      .split(" ")
      .filter(Boolean)
      .map((name) => joinChannel(connection.pusher, name, listener));
    return () => {
      refreshes.stop();
      bundle.current = undefined;
      for (const channel of joined) channel.leave();
    };
  }, [connection, names, router]);

  const acts = useMemo(() => ({ ask: () => bundle.current?.ask(), refreshNow: () => bundle.current?.runNow() }), []);
  return { waiting, ...acts };
}
