import { type Guard, startGuard } from "./supervisor/guard";
import { fail } from "./terminal";

/** Starts other programs for a script: they end with the script, and when it receives a signal to end. */
export type GuardedScript = { readonly guard: Guard; readonly signal: AbortSignal };

/** Runs a script to its end. An error is printed, and the exit code is 1. */
export async function runGuarded(main: (script: GuardedScript) => Promise<void>): Promise<void> {
  const guard = startGuard();
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(signal, () => stopping.abort());
  // The channel to the parent process must not keep this one alive.
  process.channel?.unref();
  try {
    await main({ guard, signal: stopping.signal });
  } catch (error) {
    fail(error);
  } finally {
    await guard.release();
  }
}
