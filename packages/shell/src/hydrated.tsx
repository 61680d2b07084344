"use client";
import { cn } from "@mgs/ui/cn";
import { type ReactNode, useSyncExternalStore } from "react";

const neverChanges = () => () => {};

/** False until scripts run: what needs them stays out of the way of those who have none. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
}

type ScriptedFieldsProps = {
  className: string;
  /** False while the form's draft is looked for (`useKeptDraft`). */
  ready?: boolean;
  children: ReactNode;
};

/**
 * Controls of a form that only scripts can send. They wait for these: a browser alone would forget what is typed before, and
 * write it into the address when the button is pressed.
 */
export function ScriptedFields({ className, ready = true, children }: ScriptedFieldsProps) {
  return (
    <fieldset disabled={!useHydrated() || !ready} className={cn("min-w-0", className)}>
      {children}
    </fieldset>
  );
}
