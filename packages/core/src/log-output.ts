import { writeSync } from "node:fs";

/** Milliseconds a full pipe may hold a process up before what does not fit is dropped. */
const PATIENCE = 1_000;
const PAUSE = 5;

/**
 * Standard output for log lines, written at once, so that the last line before an end is not lost. A reader that is gone
 * (EPIPE) is forgotten: pino's own stream tries again for ever and keeps the process from ending.
 * @param write as `fs.writeSync` of one descriptor; returns the bytes written
 */
export function createLogOutput(write: (bytes: Uint8Array) => number = (bytes) => writeSync(1, bytes)): {
  write(line: string): void;
} {
  let broken = false;
  return {
    write(line) {
      if (broken) return;
      let rest: Uint8Array = Buffer.from(line);
      let waited = 0;
      while (rest.length > 0) {
        try {
          rest = rest.subarray(write(rest));
        } catch (error) {
          // A pipe whose reader is slow; the bytes written so far cannot be taken back, so the line is worth a wait.
          if (codeOf(error) === "EAGAIN" && waited < PATIENCE) {
            Atomics.wait(PAUSED, 0, 0, PAUSE);
            waited += PAUSE;
          } else {
            broken = codeOf(error) !== "EAGAIN";
            return;
          }
        }
      }
    },
  };
}

const PAUSED = new Int32Array(new SharedArrayBuffer(4));

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
