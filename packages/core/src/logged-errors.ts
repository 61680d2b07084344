import { processSingleton } from "./process-singleton";
import { hideSecrets } from "./redact";

/** A log line of level error or fatal. */
export type LoggedError = { message: string; error: Error | undefined; requestId: string | undefined; at: Date };
type Listener = (problem: LoggedError) => void;

const listeners = processSingleton("mgs.problems", () => new Set<Listener>());

/** Calls `listener` for every log line of level error or fatal of this process. */
export function onLoggedError(listener: Listener): void {
  listeners().add(listener);
}

export function publishLoggedError(problem: LoggedError): void {
  for (const listener of listeners()) {
    try {
      listener(problem);
    } catch {
      // A listener that fails must not turn one error into two.
    }
  }
}

const MAX_ERROR_CHARACTERS = 500;

/** Describes an error for lists and reports: short, without the credentials that addresses and headers may carry. */
export function describeError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return hideSecrets(text).slice(0, MAX_ERROR_CHARACTERS).toWellFormed();
}
