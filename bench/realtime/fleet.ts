import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createBaseEnvironment, spawnEnvironment } from "../../tooling/src/supervisor/service";
import type { DialectName } from "./dialects";

export type FleetCommand =
  | { kind: "connect"; count: number; port: number; channel: string; dialect: DialectName }
  | { kind: "expect"; each: number; timed: boolean }
  | { kind: "report" };

export type FleetReport =
  | { kind: "connected"; at: number }
  | { kind: "expecting" }
  | { kind: "all"; at: number }
  | { kind: "report"; received: number; least: number; most: number; closed: number; times: number[] };

type Report<Kind extends FleetReport["kind"]> = Extract<FleetReport, { kind: Kind }>;

/** Reads the clock that the processes of one machine share, in microseconds. */
export const sharedClock = (): number => Number(process.hrtime.bigint() / 1_000n);

/** A process with many subscribers. */
export class Fleet {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string, (report: FleetReport) => void>();

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on("message", (report: FleetReport) => {
      this.#waiting.get(report.kind)?.(report);
      this.#waiting.delete(report.kind);
    });
  }

  static async start(): Promise<Fleet> {
    const path = fileURLToPath(new URL("./fleet-process.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", path], {
      env: spawnEnvironment(createBaseEnvironment()),
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const fleet = new Fleet(child);
    await fleet.#next("expecting");
    return fleet;
  }

  /** @returns microseconds of the shared clock when the last client was subscribed */
  async connect(command: Omit<Extract<FleetCommand, { kind: "connect" }>, "kind">): Promise<number> {
    const connected = this.#next("connected");
    this.#send({ kind: "connect", ...command });
    return (await connected).at;
  }

  /** @returns a promise for the time when every client has received so many events */
  async expect(each: number, { timed }: { timed: boolean }): Promise<{ all: Promise<number> }> {
    const expecting = this.#next("expecting");
    const all = this.#next("all").then((report) => report.at);
    this.#send({ kind: "expect", each, timed });
    await expecting;
    return { all };
  }

  async report(): Promise<Report<"report">> {
    const report = this.#next("report");
    this.#send({ kind: "report" });
    return report;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }

  #send(command: FleetCommand): void {
    this.#child.send(command);
  }

  #next<Kind extends FleetReport["kind"]>(kind: Kind): Promise<Report<Kind>> {
    return new Promise((resolve) => this.#waiting.set(kind, resolve as (report: FleetReport) => void));
  }
}
