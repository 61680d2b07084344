"use client";
import { dashboardPath } from "@mgs/core/portal-links";
import { number, object, string } from "@mgs/core/shape";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { useTranslations } from "../intl";
import { fetchSignedInId, sessionEnd, signedInId } from "../leave";
import { useShell } from "../shell-context";
import { say } from "../toasts/say";
import { useSessionEnd } from "./use-session-end";

/** Pages with a session tell the other tabs of their portal whose it is. */
const CHANNEL = "mgs.session";

const visitor = object({ userId: number, userSessionId: string });

/**
 * Hears of sign-ins in other tabs. The same person again: the page that waited with typed text goes on, with the new session. Somebody
 * else: the page leaves, for its texts are not theirs to see or to send; a draft waits for who wrote it.
 */
export function SessionReturn() {
  const t = useTranslations("sessionEnd");
  const router = useRouter();
  const { user, userSessionId } = useShell();
  const waiting = useSessionEnd() !== null;

  const meet = useEffectEvent((userId: number) => {
    if (userId !== user.id) return window.location.replace(dashboardPath());
    if (sessionEnd.get() === null) return;
    sessionEnd.set(null);
    say(t("back"));
    // Layout and socket take up the new session; what is typed stays.
    router.refresh();
  });

  useEffect(() => {
    if (typeof BroadcastChannel === "undefined") return;
    const channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener("message", ({ data }) => visitor(data) && meet(data.userId));
    channel.postMessage({ userId: user.id, userSessionId });
    return () => channel.close();
  }, [user.id, userSessionId]);

  // An action that was refused because the session is another person's by now.
  useEffect(
    () =>
      signedInId.subscribe(() => {
        const id = signedInId.get();
        if (id !== null) meet(id);
      }),
    [],
  );

  useEffect(() => {
    if (!waiting) return;
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      const id = await fetchSignedInId();
      if (typeof id === "number") meet(id);
    };
    void look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [waiting]);

  return null;
}
