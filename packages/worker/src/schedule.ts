import type { Logger } from "@mgs/core/logger";
import type { Schedule } from "@mgs/module/schedule";

export type RunningSchedules = { stop(): Promise<void> };

/** Runs each schedule now and then at its own interval, never twice at the same time in this process. */
export function startSchedules<Deps extends { logger: Logger }>(
  schedules: readonly Schedule<Deps>[],
  deps: Deps,
): RunningSchedules {
  const running = schedules.map((schedule) => repeat(schedule, deps));
  return {
    async stop() {
      await Promise.all(running.map((schedule) => schedule.stop()));
    },
  };
}

function repeat<Deps extends { logger: Logger }>(schedule: Schedule<Deps>, deps: Deps): RunningSchedules {
  const { name, intervalMs } = schedule;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let isFailing = false;
  let current = run();

  async function run(): Promise<void> {
    try {
      await schedule.run(deps);
      if (isFailing) deps.logger.info({ schedule: name }, "scheduled work succeeds again");
      isFailing = false;
    } catch (error) {
      // Only the first failure of a series is logged.
      if (!isFailing) deps.logger.error({ err: error, schedule: name }, "scheduled work failed");
      isFailing = true;
    }
    if (stopped) return;
    timer = setTimeout(() => {
      current = run();
    }, addJitter(intervalMs));
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}

/** Adds a jitter of a tenth, so that several workers do not run a schedule at the same moment. */
function addJitter(milliseconds: number): number {
  return milliseconds * (0.9 + Math.random() * 0.2);
}
