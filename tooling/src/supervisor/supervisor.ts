import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { CONFIGURATION_ERROR_EXIT_CODE } from "@mgs/core/configuration-error";
import type { Guard } from "./guard";
import type { LogSink } from "./log-sink";
import { type Service, spawnEnvironment } from "./service";

export type SupervisorOptions = {
  guard: Guard;
  log: LogSink;
  /** Prints one line for the person at the terminal. */
  say(line: string): void;
  /** Called whenever a process starts or ends, with all running processes. */
  changed?(processes: ReadonlyMap<string, number>): void;
  /** Computes the milliseconds before restart number `restarts` (from 0) of a process that died. */
  backoff?(restarts: number): number;
};

export type Supervisor = {
  /**
   * Starts a process and waits until it serves. From then on it restarts the process whenever it dies, unless its
   * configuration is invalid (`CONFIGURATION_ERROR_EXIT_CODE`), whose reason it prints.
   * @throws Error with the end of its output when it dies or times out before it serves
   */
  start(service: Service): Promise<void>;
  /** Process ids by name. */
  processes(): ReadonlyMap<string, number>;
  /** Ends everything, processes before servers; never throws. */
  stop(): Promise<void>;
};

type Running = {
  service: Service;
  child: ChildProcess;
  ended: Promise<void>;
  /** Resolves when all its output is in its log. */
  logged: Promise<void>;
  restarts: number;
  since: number;
};

/** Longer than any process needs to end: the worker has 10 s, and a mail that is cut off is sent twice. */
const STOP_TIMEOUT_MS = 15_000;
/** Time for the last output of a process that has ended, since another process may keep its pipe open. */
const LAST_OUTPUT_TIMEOUT_MS = 2_000;
/** The back-off of a process starts again after it has run for this long. */
const BACKOFF_RESET_MS = 60_000;

const defaultBackoff = (restarts: number) => Math.min(500 * 2 ** restarts, 30_000);

/** Creates a supervisor: it runs processes with logs, readiness checks, restarts, and an orderly end. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { guard, log, say, backoff = defaultBackoff } = options;
  const running = new Map<string, Running>();
  const stopping = new AbortController();

  function launch(service: Service, restarts: number): Running {
    const child = spawn(service.command, service.args, {
      cwd: service.cwd,
      env: spawnEnvironment(service.env),
      // Each process leads a group, so that Ctrl-C reaches the supervisor alone, and a whole tree can be ended at once.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      ...(service.uid === undefined ? {} : { uid: service.uid }),
      ...(service.gid === undefined ? {} : { gid: service.gid }),
    });
    if (child.pid !== undefined) guard.watch(child.pid, service.stopSignal, service.tier);
    log.attach(service.name, child);
    const ended = new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.once("error", (error) => {
        log.write(service.name, error.message);
        resolve();
      });
    });
    const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
    const logged = ended.then(() => Promise.race([closed, wait(LAST_OUTPUT_TIMEOUT_MS, undefined, { ref: false })]));
    const entry: Running = { service, child, ended, logged, restarts, since: Date.now() };
    running.set(service.name, entry);
    announce();
    ended.then(() => {
      if (child.pid !== undefined) {
        // This ends children that the process has left behind.
        signalGroup(child.pid, "SIGKILL");
        guard.forget(child.pid);
      }
      running.delete(service.name);
      announce();
    });
    return entry;
  }

  function announce(): void {
    options.changed?.(pids());
  }

  function pids(): ReadonlyMap<string, number> {
    return new Map(
      [...running].flatMap(([name, { child }]) => (child.pid === undefined ? [] : [[name, child.pid] as const])),
    );
  }

  async function restartWhenItDies(entry: Running): Promise<void> {
    const { service, child } = entry;
    await entry.ended;
    if (stopping.signal.aborted) return;
    if (child.exitCode === CONFIGURATION_ERROR_EXIT_CODE) {
      await entry.logged;
      say(`${service.name} is not started again: ${describeEnd(child)}\n${log.tail(service.name)}`);
      return;
    }
    const restarts = Date.now() - entry.since > BACKOFF_RESET_MS ? 0 : entry.restarts;
    const delay = backoff(restarts);
    say(`${service.name} ended by itself (${describeEnd(child)}); it starts again in ${delay} ms`);
    await wait(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
    if (stopping.signal.aborted) return;
    const next = launch(service, restarts + 1);
    void restartWhenItDies(next);
    if (await serves(next)) say(`${service.name} serves again`);
  }

  async function serves({ service, ended }: Running): Promise<boolean> {
    const deadline = Date.now() + (service.readyTimeout ?? 60_000);
    let over = false;
    ended.then(() => {
      over = true;
    });
    while (!over && !stopping.signal.aborted && Date.now() < deadline) {
      if (await service.ready().catch(() => false)) return !over;
      await Promise.race([ended, wait(50)]);
    }
    return false;
  }

  async function stopTier(tier: Service["tier"]): Promise<void> {
    const entries = [...running.values()].filter(({ service }) => service.tier === tier);
    await Promise.all(
      entries.map(async ({ service, child, ended }) => {
        if (child.pid === undefined) return;
        child.kill(service.stopSignal ?? "SIGTERM");
        const late = AbortSignal.timeout(STOP_TIMEOUT_MS);
        const tooLate = new Promise<void>((resolve) => late.addEventListener("abort", () => resolve()));
        await Promise.race([ended, tooLate]);
        signalGroup(child.pid, "SIGKILL");
        await ended;
      }),
    );
  }

  return {
    async start(service) {
      if (stopping.signal.aborted) throw new Error(`${service.name} is not started: everything is ending`);
      const entry = launch(service, 0);
      if (await serves(entry)) {
        void restartWhenItDies(entry);
        return;
      }
      if (stopping.signal.aborted) throw new Error(`${service.name} was stopped before it served`);
      const reason = running.get(service.name) === entry ? "did not serve in time" : describeEnd(entry.child);
      if (entry.child.pid !== undefined) signalGroup(entry.child.pid, "SIGKILL");
      await entry.logged;
      throw new Error(`${service.name} did not start: ${reason}\n${log.tail(service.name)}`);
    },
    processes: pids,
    async stop() {
      stopping.abort();
      await stopTier("process");
      await stopTier("server");
    },
  };
}

function describeEnd(child: ChildProcess): string {
  if (child.signalCode) return `signal ${child.signalCode}`;
  // libuv gives a failed spawn the negative number of its error.
  if (child.exitCode === CONFIGURATION_ERROR_EXIT_CODE) return "it refuses its settings";
  return child.exitCode === null || child.exitCode < 0 ? "could not be run" : `exit code ${child.exitCode}`;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}
