import { processSingleton } from "@mgs/core/process-singleton";
import type { Database } from "@mgs/db/client";
import type { MaintenanceDto } from "./contract/maintenance";
import { findOpenMaintenance } from "./maintenance.repository";
import { toMaintenanceDto } from "./maintenance-dto";

/** After that time a request has the state read again, beside its own work. */
const REFRESH_AFTER_MS = 1_000;
/** A state that is older is not used: the request waits for the look-up. */
const MAX_AGE_MS = 3_000;
/** PostgreSQL may be away: then what was known before holds. */
const READ_TIMEOUT_MS = 2_000;

/** Reads of one process whether the portals are closed. Requests cost no query: one a second at most is made beside them. */
export type MaintenanceReader = {
  /** Returns what is known; undefined when nothing is known that is young enough. It never waits. */
  peek(): MaintenanceDto | null | undefined;
  /** Returns the state, read anew when what is known is too old. It never throws. */
  read(): Promise<MaintenanceDto | null>;
};

const readers = processSingleton("mgs.maintenance-readers", () => new WeakMap<Database, MaintenanceReader>());

/** Finds the reader of this process. */
export function maintenanceReader(database: Database): MaintenanceReader {
  const known = readers().get(database);
  if (known) return known;
  const made = createMaintenanceReader(async () => {
    const open = await findOpenMaintenance(database);
    return open && toMaintenanceDto(open);
  });
  readers().set(database, made);
  return made;
}

/** @param now milliseconds that only grow, for tests */
export function createMaintenanceReader(
  load: () => Promise<MaintenanceDto | null>,
  now: () => number = () => performance.now(),
): MaintenanceReader {
  let known: MaintenanceDto | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  function refresh(): Promise<void> {
    reading ??= withTimeout(load())
      .then((state) => {
        known = state;
      })
      .catch(() => undefined)
      .finally(() => {
        readAt = now();
        reading = undefined;
      });
    return reading;
  }

  return {
    peek() {
      const age = now() - readAt;
      if (age >= REFRESH_AFTER_MS) void refresh();
      return age < MAX_AGE_MS ? known : undefined;
    },
    async read() {
      const age = now() - readAt;
      if (age >= REFRESH_AFTER_MS) {
        const refreshed = refresh();
        if (age >= MAX_AGE_MS) await refreshed;
      }
      return known;
    },
  };
}

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error("the state of the maintenance could not be read in time")),
      READ_TIMEOUT_MS,
    );
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
