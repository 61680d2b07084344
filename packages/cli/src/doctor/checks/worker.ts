import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { listProcesses } from "@mgs/observability/processes/list-processes";
import { type Check, fail, listDatabaseAddresses, ok, withDatabase } from "../check";

const ADVICE = "Start the worker: without it nothing is sent by e-mail and no page is told. See its log.";

/** Reads the worker's heartbeat in the database, wherever it runs. */
export const worker: Check = {
  name: "worker",
  title: "Worker",
  advice: "Ask again when PostgreSQL answers and has no migration pending.",
  addresses: listDatabaseAddresses,
  run: (system) =>
    withDatabase(system, async (database) => {
      const workers = (await listProcesses({ database }, CLI_ACTOR)).filter(({ name }) => name === "worker");
      const alive = workers.filter(({ state }) => state === "alive");
      if (alive.length > 0)
        return ok(`${alive.length} alive: ${alive.map(({ host, pid }) => `${host} ${pid}`).join(", ")}`);
      const last = workers[0];
      return fail(last ? `silent since ${last.seen_at}` : "no worker has written a heartbeat", ADVICE);
    }),
};
