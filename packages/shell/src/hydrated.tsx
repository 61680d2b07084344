"use client";
import { cn } from "@mgs/ui/cn";
import { type ReactNode, useSyncExternalStore } from "react";

const subscribeNever = () => () => {};

/** False until scripts run, so that a page without scripts shows no control that needs them. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribeNever,
    () => true,
    () => false,
  );
}

type ScriptedFieldsProps = {
  className: string;
  /** False while the form's draft is being read (`useFormDraft`). */
  ready?: boolean;
  children: ReactNode;
};

/**
 * Controls of a form that only scripts can send. They are disabled until scripts run: the browser alone would lose text that
 * is typed before, and write it into the address when the button is pressed.
 */
export function ScriptedFields({ className, ready = true, children }: ScriptedFieldsProps) {
  return (
    <fieldset disabled={!useHydrated() || !ready} className={cn("min-w-0", className)}>
      {children}
    </fieldset>
  );
}
