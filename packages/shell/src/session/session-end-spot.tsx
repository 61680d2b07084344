"use client";
import { useSyncExternalStore } from "react";
import { useLoaded } from "../browser/use-loaded";
import { hasUnsentText } from "../page-session";
import { useSessionEnd } from "./use-session-end";

const load = () => import("../deferred-notices").then(({ SessionEndNotice }) => SessionEndNotice);

/** The place of the notice that the session is over. It is loaded with the first unsent text, without which the page leaves. */
export function SessionEndSpot() {
  const isNeeded = useSyncExternalStore(hasUnsentText.subscribe, hasUnsentText.get, () => false);
  const isOver = useSessionEnd() !== null;
  const Notice = useLoaded(isNeeded || isOver, load);
  return Notice && <Notice />;
}
