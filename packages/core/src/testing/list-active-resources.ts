import { createHook } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** Types of Node's async hooks that keep running or communicate: timers, sockets, name lookups, processes, threads. */
const ACTIVE_TYPES: ReadonlySet<string> = new Set([
  "Timeout",
  "TCPWRAP",
  "TCPSERVERWRAP",
  "TCPCONNECTWRAP",
  "PIPEWRAP",
  "PIPESERVERWRAP",
  "PIPECONNECTWRAP",
  "UDPWRAP",
  "TLSWRAP",
  "GETADDRINFOREQWRAP",
  "PROCESSWRAP",
  "WORKER",
  "FSEVENTWRAP",
  "STATWATCHER",
  "SIGNALWRAP",
  "ELDHISTOGRAM",
]);

/** Matches the test runner, which loads modules while `make` imports them. */
const TEST_RUNNER = /\/node_modules\/(?:vitest|vite|@vitest\/[\w-]+|tinypool|rolldown|esbuild)\//;
const STACK_FRAME_COUNT = 60;

/**
 * Runs `make` and lists the resources that it has started, with the line that started each, also those with `unref`. Import
 * within `make` the modules that must not start a resource when they are loaded.
 */
export async function listActiveResources(make: () => unknown): Promise<string[]> {
  const started: string[] = [];
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = STACK_FRAME_COUNT;
  const hook = createHook({
    init(_id, type) {
      if (!ACTIVE_TYPES.has(type)) return;
      const caller = callerOf(new Error("here").stack ?? "");
      if (!TEST_RUNNER.test(caller)) started.push(`${type}: ${caller}`);
    },
  }).enable();
  try {
    await make();
    // Work that `make` has put off until the next tick of the event loop counts as well.
    await setImmediate();
  } finally {
    hook.disable();
    Error.stackTraceLimit = limit;
  }
  return started;
}

/** Finds the first line of a stack that is neither Node's nor this file's; Node's own for a name lookup. */
function callerOf(stack: string): string {
  const own = fileURLToPath(import.meta.url);
  const lines = stack.split("\n").slice(1);
  const caller = lines.find((line) => !/\bnode:|<anonymous>\)?$/.test(line) && !line.includes(own));
  return caller?.trim() ?? "at Node";
}
