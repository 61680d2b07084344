import { createHook } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** What runs on by itself, or talks to somebody, as Node's async hooks name it: timers, sockets, names, processes, threads. */
const RUNNING: ReadonlySet<string> = new Set([
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

/** The tests' own programs load modules while `make` imports them. */
const TEST_RUNNER = /\/node_modules\/(?:vitest|vite|@vitest\/[\w-]+|tinypool|rolldown|esbuild)\//;
const STACK_FRAMES = 60;

/**
 * Runs `make` and tells what it has started and whose line that was, also where nothing waits for it (`unref`). Import within
 * `make` what is not to start anything when it is loaded.
 */
export async function startedBy(make: () => unknown): Promise<string[]> {
  const started: string[] = [];
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = STACK_FRAMES;
  const hook = createHook({
    init(_id, type) {
      if (!RUNNING.has(type)) return;
      const caller = callerOf(new Error("here").stack ?? "");
      if (!TEST_RUNNER.test(caller)) started.push(`${type}: ${caller}`);
    },
  }).enable();
  try {
    await make();
    // What it has put off until the end of this turn counts as well.
    await setImmediate();
  } finally {
    hook.disable();
    Error.stackTraceLimit = limit;
  }
  return started;
}

/** The first line of a stack that is neither Node's nor this file's; Node's own where a lookup came first. */
function callerOf(stack: string): string {
  const own = fileURLToPath(import.meta.url);
  const lines = stack.split("\n").slice(1);
  const caller = lines.find((line) => !/\bnode:|<anonymous>\)?$/.test(line) && !line.includes(own));
  return caller?.trim() ?? "at Node";
}
