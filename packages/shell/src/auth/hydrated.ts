"use client";
import { useSyncExternalStore } from "react";

const neverChanges = () => () => {};

/** False until scripts run: what needs them stays out of the way of those who have none. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
}
