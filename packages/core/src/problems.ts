import { once } from "./once";
import { hideSecrets } from "./redact";

/** Something that was logged as an error. */
export type Problem = { message: string; error: Error | undefined; requestId: string | undefined; at: Date };
type Listener = (problem: Problem) => void;

const listeners = once("mgs.problems", () => new Set<Listener>());

/** Calls `listener` for every line of level error or fatal that this process logs. */
export function onProblem(listener: Listener): void {
  listeners().add(listener);
}

export function announceProblem(problem: Problem): void {
  for (const listener of listeners()) {
    try {
      listener(problem);
    } catch {
      // Whoever listens must not make one problem two.
    }
  }
}

const LONGEST = 500;

/** An error's text for lists and reports: short, without the credentials that addresses and headers may carry. */
export function describeError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return hideSecrets(text).slice(0, LONGEST).toWellFormed();
}
