import { SCHEDULES, type ScheduleName } from "@mgs/jobs/contracts";
import type { Consumption } from "./consume";
import type { WorkerDeps } from "./deps";
import { sweepExpired } from "./sweeps/sweep-expired";
import { sweepOutbox } from "./sweeps/sweep-outbox";

const WORK: Record<ScheduleName, (deps: WorkerDeps, consumption: Consumption) => Promise<void>> = {
  "sweep.outbox": sweepOutbox,
  "sweep.expired": sweepExpired,
};

export type Schedule = { stop(): Promise<void> };

/** Runs the scheduled work from now on, each on its own rhythm and never twice at once in this process. */
export function startSchedules(deps: WorkerDeps, consumption: Consumption): Schedule {
  const names = Object.keys(SCHEDULES) as ScheduleName[];
  const running = names.map((name) => repeat(deps, consumption, name));
  return {
    async stop() {
      await Promise.all(running.map((schedule) => schedule.stop()));
    },
  };
}

function repeat(deps: WorkerDeps, consumption: Consumption, name: ScheduleName): Schedule {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let isFailing = false;
  let current = run();

  async function run(): Promise<void> {
    try {
      await WORK[name](deps, consumption);
      if (isFailing) deps.logger.info({ schedule: name }, "scheduled work succeeds again");
      isFailing = false;
    } catch (error) {
      // One line for an absence, however often it is tried meanwhile.
      if (!isFailing) deps.logger.error({ err: error, schedule: name }, "scheduled work failed");
      isFailing = true;
    }
    if (stopped) return;
    timer = setTimeout(() => {
      current = run();
    }, jittered(SCHEDULES[name].every));
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}

/** Keeps several workers from marching in step. */
function jittered(milliseconds: number): number {
  return milliseconds * (0.9 + Math.random() * 0.2);
}
