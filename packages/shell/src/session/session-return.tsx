"use client";
import { dashboardPath } from "@mgs/core/portal-links";
import { number, object, string } from "@mgs/core/shape";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { useTranslations } from "../intl";
import { fetchSignedInId, sessionEnd, setOwnSession, signedInId } from "../page-session";
import { useShell } from "../shell-context";
import { showMessage } from "../toasts/show-message";
import { useSessionEnd } from "./use-session-end";

/** Pages with a session tell the other tabs of their portal who is signed in. */
const CHANNEL = "mgs.session";

const visitor = object({ userId: number, userSessionId: string });

/**
 * Listens for sign-ins in other tabs. When the same person has signed in again, a page with unsent text goes on with the new session.
 * When another person has signed in, the page leaves, so that they neither see nor send its text; the draft stays for its author.
 */
export function SessionReturn() {
  const t = useTranslations("sessionEnd");
  const router = useRouter();
  const { user, userSessionId } = useShell();
  const waiting = useSessionEnd() !== null;

  const handleSignIn = useEffectEvent((userId: number) => {
    if (userId !== user.id) return window.location.replace(dashboardPath());
    if (sessionEnd.get() === null) return;
    sessionEnd.set(null);
    showMessage(t("back"));
    // The refresh gives the new session to layout and socket; typed text stays.
    router.refresh();
  });

  useEffect(() => setOwnSession(userSessionId), [userSessionId]);

  useEffect(() => {
    if (typeof BroadcastChannel === "undefined") return;
    const channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener("message", ({ data }) => visitor(data) && handleSignIn(data.userId));
    channel.postMessage({ userId: user.id, userSessionId });
    return () => channel.close();
  }, [user.id, userSessionId]);

  // The server has refused a call because another person is signed in.
  useEffect(
    () =>
      signedInId.subscribe(() => {
        const id = signedInId.get();
        if (id !== null) handleSignIn(id);
      }),
    [],
  );

  useEffect(() => {
    if (!waiting) return;
    const check = async () => {
      if (document.visibilityState !== "visible") return;
      const id = await fetchSignedInId();
      if (typeof id === "number") handleSignIn(id);
    };
    void check();
    document.addEventListener("visibilitychange", check);
    return () => document.removeEventListener("visibilitychange", check);
  }, [waiting]);

  return null;
}
