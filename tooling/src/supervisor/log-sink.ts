import type { ChildProcess } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Writes the output of each process to a file, and warnings to the terminal. */
export type LogSink = {
  attach(name: string, child: ChildProcess): void;
  write(name: string, line: string): void;
  /** Returns the last lines of a process, for an error message. */
  tail(name: string): string;
};

const TAIL_LINE_COUNT = 25;
const ROTATE_BYTES = 20 * 1024 * 1024;
/** Matches PostgreSQL's answers to the readiness checks while it starts. */
const STARTING_PATTERN = /the database system is (starting up|shutting down|not yet accepting)/;
/** pino's level number of warnings; those of errors and fatal errors are higher. */
const PINO_WARN_LEVEL = 40;

/**
 * Creates a log sink.
 * @param folder has a `<name>.log` for each process; a file over 20 MiB is renamed to `<name>.log.1` at the next start
 * @param alert receives warnings and errors as they happen
 */
export function createLogSink(folder: string, alert: (name: string, line: string) => void): LogSink {
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, WriteStream>();
  const tails = new Map<string, string[]>();

  function fileOf(name: string): WriteStream {
    const known = files.get(name);
    if (known) return known;
    const path = join(folder, `${name}.log`);
    if (existsSync(path) && statSync(path).size > ROTATE_BYTES) renameSync(path, `${path}.1`);
    const stream = createWriteStream(path, { flags: "a", mode: 0o600 });
    // A full disk must not end the product.
    stream.on("error", () => undefined);
    files.set(name, stream);
    return stream;
  }

  function write(name: string, line: string): void {
    fileOf(name).write(`${line}\n`);
    const tail = tails.get(name) ?? [];
    tail.push(line);
    if (tail.length > TAIL_LINE_COUNT) tail.shift();
    tails.set(name, tail);
    const warning = formatWarning(line);
    if (warning) alert(name, warning);
  }

  return {
    attach(name, child) {
      for (const stream of [child.stdout, child.stderr]) {
        if (stream) createInterface({ input: stream }).on("line", (line) => write(name, line));
      }
    },
    write,
    tail: (name) => (tails.get(name) ?? []).map((line) => `  ${line}`).join("\n"),
  };
}

/** Formats a line of level warning or above for people; returns null for others. */
export function formatWarning(line: string): string | null {
  if (line.startsWith("{")) {
    try {
      const entry: unknown = JSON.parse(line);
      if (typeof entry !== "object" || entry === null || !("level" in entry)) return null;
      if (typeof entry.level !== "number" || entry.level < PINO_WARN_LEVEL) return null;
      const text = "msg" in entry && typeof entry.msg === "string" ? entry.msg : line;
      const error = "err" in entry ? entry.err : null;
      const reason = typeof error === "object" && error !== null && "message" in error ? `: ${error.message}` : "";
      return `${text}${reason}`;
    } catch {
      return null;
    }
  }
  if (STARTING_PATTERN.test(line)) return null;
  return /\b(FATAL|PANIC|ERROR|Error:|⨯|⚠)/.test(line) ? line.trim() : null;
}
