import { writeSync } from "node:fs";
import { once } from "./once";

/** Milliseconds a line may wait for others: a write costs as much as twenty lines of text do. */
const GATHER = 25;
/** Characters that wait for no more; a reader that is slow holds them up, and ten times as many at most. */
const MOST = 32_768;
/** Milliseconds a full pipe may hold a process up before what does not fit is dropped. */
const PATIENCE = 1_000;
const PAUSE = 5;

/** A destination of log lines. What it holds is written by itself, soon; `flush` writes it now. */
export type LogOutput = { write(line: string): void; flush(): void };

/**
 * Gathers log lines and writes them together. A reader that is gone (EPIPE) is forgotten: pino's own stream tries again
 * for ever and keeps the process from ending.
 * @param write as `fs.writeSync` of one descriptor; returns the bytes written
 */
export function createLogOutput(write: (bytes: Uint8Array) => number): LogOutput {
  let held = "";
  /** What a full pipe has not taken yet; it may begin within a line. */
  let rest: Uint8Array = new Uint8Array();
  let timer: NodeJS.Timeout | undefined;
  let broken = false;

  /** @returns false when the pipe is full */
  function push(): boolean {
    if (held !== "") {
      rest = rest.length === 0 ? Buffer.from(held) : Buffer.concat([rest, Buffer.from(held)]);
      held = "";
    }
    try {
      while (rest.length > 0) rest = rest.subarray(write(rest));
    } catch (error) {
      if (codeOf(error) === "EAGAIN") return false;
      // A disk that is full now may have room again.
      broken = codeOf(error) === "EPIPE";
      rest = new Uint8Array();
    }
    return true;
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    for (let waited = 0; !push(); waited += PAUSE) {
      if (waited >= PATIENCE) {
        rest = new Uint8Array();
        return;
      }
      Atomics.wait(PAUSED, 0, 0, PAUSE);
    }
  }

  function later(milliseconds: number): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (!push()) later(PAUSE);
    }, milliseconds).unref();
  }

  return {
    write(line) {
      if (broken) return;
      held += line;
      if (rest.length + held.length > 10 * MOST) flush();
      else if (held.length > MOST && !push()) later(PAUSE);
      else later(GATHER);
    },
    flush,
  };
}

/**
 * This process's standard output. What waits is written when the process ends by itself, by `process.exit` or by an
 * uncaught error; a SIGKILL takes the last 25 ms.
 */
export const standardOutput = once("mgs.log-output", () => {
  const output = createLogOutput((bytes) => writeSync(1, bytes));
  process.once("exit", () => output.flush());
  return output;
});

const PAUSED = new Int32Array(new SharedArrayBuffer(4));

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
