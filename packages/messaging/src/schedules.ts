import { systemClock } from "@mgs/core/clock";
import type { Schedule } from "@mgs/module/schedule";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import type { MessagingDeps, MessagingPorts } from "./deps";
import { tellHeldNotices } from "./notices/tell-notices";
import { sweepPresence } from "./presence/sweep-presence";
import { remindDue } from "./reminders/remind";
import { repairCounts } from "./repair/repair-counts";
import { sendDueMessages } from "./scheduled/send-due";

const INTERVAL_MS = 5_000;
const REPAIR_INTERVAL_MS = 3_600_000;

/** The work of the worker: held notices, scheduled messages, reminders. Several workers may do it at once. */
export function messageSchedules(ports: MessagingPorts): readonly Schedule[] {
  const depsOf = (deps: WorkerDeps): MessagingDeps => ({ ...deps, ...ports, clock: systemClock });
  return [
    {
      ...{ name: "messages: counts", intervalMs: REPAIR_INTERVAL_MS },
      run: async (deps) => void (await repairCounts(deps, systemClock.now())),
    },
    {
      ...{ name: "messages: who is there", intervalMs: INTERVAL_MS },
      run: async (deps) => void (await sweepPresence(deps, systemClock.now())),
    },
    {
      ...{ name: "messages: held notices", intervalMs: INTERVAL_MS },
      run: async (deps) => void (await tellHeldNotices({ ...deps, clock: systemClock }, ports)),
    },
    {
      ...{ name: "messages: scheduled", intervalMs: INTERVAL_MS },
      run: async (deps) => void (await sendDueMessages(depsOf(deps))),
    },
    {
      ...{ name: "messages: reminders", intervalMs: INTERVAL_MS },
      run: async (deps) => void (await remindDue(depsOf(deps))),
    },
  ];
}
