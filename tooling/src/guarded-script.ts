import { type Guard, startGuard } from "./supervisor/guard";
import { fail } from "./terminal";

/** What a script starts other programs with: they end with the script, and when it is told to end. */
export type GuardedScript = { readonly guard: Guard; readonly signal: AbortSignal };

/** Runs a script to its end. An error is told, and makes the exit code 1. */
export async function runGuarded(main: (script: GuardedScript) => Promise<void>): Promise<void> {
  const guard = startGuard();
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(signal, () => stopping.abort());
  // The channel to what started us is no reason to stay.
  process.channel?.unref();
  try {
    await main({ guard, signal: stopping.signal });
  } catch (error) {
    fail(error);
  } finally {
    await guard.release();
  }
}
